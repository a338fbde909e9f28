package io.penstock.demo;

import io.micrometer.core.instrument.FunctionCounter;
import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Stream;

/**
 * The main class of a member of {@code --cluster}, in a JVM of its own, which is told line by line on standard input what
 * to do, and ends as soon as that does:
 *
 * <pre>
 * join [&lt;address&gt;...]     starts the member beside these; answers with its address
 * reads                   answers whether it is the one that reads the flights
 * </pre>
 *
 * <p>Answers are lines that begin with {@value #SIGN}.
 */
final class DemoMember {

    static final String SIGN = "@";

    private final String cluster;
    private final int scoredMax;
    private Grid grid;

    private DemoMember(String cluster, int scoredMax) {
        this.cluster = cluster;
        this.scoredMax = scoredMax;
    }

    /** @param arguments the cluster's name, and how many scored flights to keep */
    public static void main(String[] arguments) {
        Runtime.getRuntime().addShutdownHook(new Thread(DemoMember::outliveSignals, "outlive-signals"));
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            DemoMember member = new DemoMember(arguments[0], Integer.parseInt(arguments[1]));
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                System.out.println(SIGN + member.answer(List.of(line.strip().split(" "))));
            }
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(1); // the demo is gone, or something is badly wrong
    }

    /**
     * A terminal sends Ctrl-C to members, too; they must stay until the demo has said its last words, and then halt,
     * which does not wait for this.
     */
    private static void outliveSignals() {
        try {
            Thread.currentThread().join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String answer(List<String> words) {
        return switch (words.get(0)) {
            case "join" -> {
                grid = FlightGrid.member(cluster, words.subList(1, words.size()), scoredMax);
                yield grid.members().stream().filter(GridMember::isLocal).findAny().orElseThrow().address();
            }
            case "reads" -> Boolean.toString(sourceCounters().findAny().isPresent());
            default -> throw new IllegalArgumentException("there is no command " + words);
        };
    }

    /** Those of the source: there, as long as it runs on this member. */
    private Stream<FunctionCounter> sourceCounters() {
        return grid.meterRegistry().find("penstock.stage.events.out").tag("stage", "flights").functionCounters()
                .stream();
    }
}
