package io.penstock.demo;

import java.io.File;

/** The clock of this machine until there is a certain file, from which moment on all is due. */
record FileClock(File file) implements Pace.Clock {

    private static final long serialVersionUID = 1L;

    @Override
    public long getAsLong() {
        return file.exists() ? Long.MAX_VALUE / 2 : System.nanoTime();
    }
}
