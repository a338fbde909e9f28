package io.penstock.grid.cluster.member;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * How the JVM of a member is started; it has the class path of this one.
 *
 * @param options beside those that make it small and quick to start
 */
public record MemberJvm(Class<? extends MemberProgram> program, int heapMb, List<String> options) {

    private static final List<String> SMALL_AND_QUICK = List.of(
            "-Xms32m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1", "-Xshare:auto", "-XX:-UsePerfData");

    public MemberJvm {
        options = List.copyOf(options);
    }

    List<String> command() {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(SMALL_AND_QUICK);
        command.add("-Xmx" + heapMb + "m");
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=" + System.getProperty("penstock.memberLog", "warn"));
        command.add("-Dorg.slf4j.simpleLogger.showDateTime=true");
        command.add("-Dorg.slf4j.simpleLogger.dateTimeFormat=HH:mm:ss.SSS");
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.addAll(List.of(MemberMain.class.getName(), program.getName()));
        return command;
    }
}
