package io.penstock.demo.web;

import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** A browser without a window: opens a page, lets it run for some seconds of its own time, and tells what it shows. */
public final class Chromium {

    private static final String PROGRAM = "chromium";
    private static final long PAGE_MS = 4_000;
    private static final long SECONDS_MAX = 90;

    private final Path folder;

    /** @param folder for its profiles */
    public Chromium(Path folder) {
        this.folder = folder;
    }

    /** Whether there is one on the PATH; {@code ./check} installs it where it can. */
    public static boolean isInstalled() {
        return Pattern.compile(File.pathSeparator).splitAsStream(System.getenv("PATH"))
                .anyMatch(path -> Files.isExecutable(Path.of(path, PROGRAM)));
    }

    /**
     * What a page showed.
     *
     * @param html the document after its scripts have changed it
     * @param console what was written on the browser's console, errors of the page among them
     */
    public record Shown(String html, List<String> console) {

        /** The text of the element with this id, which holds no other of its kind, without the tags in it. */
        public String text(String id) {
            String inner = first("id=\"" + id + "\"[^>]*>(.*?)</(?:p|dd|dt|h2|span)>");
            return inner.replaceAll("<[^>]*>", "").replace("&nbsp;", " ");
        }

        /** The first group of the first match, or an empty text. */
        public String first(String regex) {
            return all(regex).stream().findFirst().orElse("");
        }

        /** The first group of all matches. */
        public List<String> all(String regex) {
            return Pattern.compile(regex, Pattern.DOTALL).matcher(html).results().map(match -> group(match)).toList();
        }

        private static String group(MatchResult match) {
            return match.group(1);
        }
    }

    /** @param options further options of the browser */
    public Shown show(URI address, String... options) throws IOException {
        Path html = Files.createTempFile(folder, "shown", ".html");
        Path log = run(html, address, List.of("--dump-dom"), options);
        List<String> console;
        try (var lines = Files.lines(log)) {
            console = lines.filter(line -> line.contains("CONSOLE")).toList();
        }
        return new Shown(Files.readString(html), console);
    }

    /** Takes a picture. */
    public void shoot(URI address, Path png, int width, int height, String... options) throws IOException {
        run(Files.createTempFile(folder, "shot", ".txt"), address,
                List.of("--screenshot=" + png, "--window-size=" + width + "," + height, "--hide-scrollbars"), options);
    }

    private Path run(Path out, URI address, List<String> what, String... options) throws IOException {
        List<String> command = new ArrayList<>(List.of(PROGRAM, "--headless", "--no-sandbox", "--disable-gpu",
                "--disable-quic", "--no-first-run", "--disable-background-networking", "--disable-component-update",
                "--disable-sync", "--disable-dev-shm-usage", "--no-proxy-server", "--enable-logging=stderr",
                "--user-data-dir=" + Files.createTempDirectory(folder, "profile"),
                "--virtual-time-budget=" + PAGE_MS));
        command.addAll(what);
        command.addAll(List.of(options));
        command.add(address.toString());
        Path log = Files.createTempFile(folder, "chromium", ".log");
        Process process = new ProcessBuilder(command).redirectOutput(out.toFile()).redirectError(log.toFile()).start();
        try {
            if (!process.waitFor(SECONDS_MAX, TimeUnit.SECONDS) || process.exitValue() != 0) {
                throw new IllegalStateException(command + " failed:\n" + Files.readString(log));
            }
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        } finally {
            process.destroyForcibly();
        }
        return log;
    }
}
