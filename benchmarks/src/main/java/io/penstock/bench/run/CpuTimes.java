package io.penstock.bench.run;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * How much processor time has been used until a moment, by this process and those that it started and that still run,
 * and by the whole machine.
 *
 * @param machineMs NaN if not known
 * @param stolenMs what the hypervisor kept from this machine, NaN if not known
 */
public record CpuTimes(long atNs, long processNs, double machineMs, double stolenMs) {

    private static final Path STAT = Path.of("/proc/stat");
    private static final double NS_PER_MS = 1e6;
    private static final int MS_PER_TICK = 10;
    private static final int ELAPSED_MS_MIN = 10 * MS_PER_TICK;
    private static final List<Integer> BUSY_COLUMNS = List.of(1, 2, 3, 6, 7);
    private static final int STOLEN_COLUMN = 8;

    public static CpuTimes now() {
        long processNs = ownNs() + childrensNs();
        List<String> stat = List.of();
        try {
            stat = Files.isReadable(STAT) ? Files.readAllLines(STAT) : stat;
        } catch (IOException e) {
            // Not known, then; the figures still are.
        }
        return of(System.nanoTime(), processNs, stat);
    }

    private static long ownNs() {
        return ((OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean()).getProcessCpuTime();
    }

    private static long childrensNs() {
        return ProcessHandle.current().children()
                .mapToLong(child -> child.info().totalCpuDuration().orElse(Duration.ZERO).toNanos())
                .sum();
    }

    /** @param stat the lines of {@code /proc/stat}, see {@code man 5 proc}; empty if there are none */
    static CpuTimes of(long atNs, long processNs, List<String> stat) {
        if (stat.isEmpty() || !stat.get(0).startsWith("cpu ")) {
            return new CpuTimes(atNs, processNs, Double.NaN, Double.NaN);
        }
        String[] columns = stat.get(0).trim().split(" +");
        long busyTicks = BUSY_COLUMNS.stream().mapToLong(column -> Long.parseLong(columns[column])).sum();
        long stolenTicks = columns.length > STOLEN_COLUMN ? Long.parseLong(columns[STOLEN_COLUMN]) : 0;
        return new CpuTimes(atNs, processNs, busyTicks * MS_PER_TICK, stolenTicks * MS_PER_TICK);
    }

    /** How many cores other processes have kept busy since {@code before}; NaN if too few ticks have passed to tell. */
    public double otherCoresSince(CpuTimes before) {
        double machine = machineMs - before.machineMs;
        double process = (processNs - before.processNs) / NS_PER_MS;
        return Math.max(0, machine - process) / elapsedMs(before);
    }

    public double stolenCoresSince(CpuTimes before) {
        return (stolenMs - before.stolenMs) / elapsedMs(before);
    }

    private double elapsedMs(CpuTimes before) {
        double elapsedMs = (atNs - before.atNs) / NS_PER_MS;
        return elapsedMs < ELAPSED_MS_MIN ? Double.NaN : elapsedMs;
    }
}
