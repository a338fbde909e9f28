package io.penstock.demo;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;

/** The clock of this machine, which jumps ahead in all processes at once: by a second for each byte in a file. */
record JumpingClock(File jumps) implements Pace.Clock {

    private static final long serialVersionUID = 1L;

    /** @param folder where to have the file */
    static JumpingClock in(Path folder) throws IOException {
        return new JumpingClock(Files.createTempFile(folder, "jumps", "").toFile());
    }

    void jump(int seconds) throws IOException {
        Files.write(jumps.toPath(), new byte[seconds], StandardOpenOption.APPEND);
    }

    @Override
    public long getAsLong() {
        return System.nanoTime() + TimeUnit.SECONDS.toNanos(jumps.length());
    }
}
