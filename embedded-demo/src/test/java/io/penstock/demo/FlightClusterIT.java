package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import io.penstock.demo.FlightReader.Reading;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.Timeout.ThreadMode;

/** The job on three processes against the job in this one. */
@Timeout(value = 5, unit = TimeUnit.MINUTES, threadMode = ThreadMode.SEPARATE_THREAD)
class FlightClusterIT {

    private static final int FLIGHTS = 80_000;
    private static final long DEPLOY_AT = 60_001;

    private static RunResult embedded() throws InterruptedException {
        try (FlightJob job = new FlightJob(
                FlightReader.source(Reading.of(InputFile.SAMPLE).first(FLIGHTS)), 2, DEPLOY_AT, FLIGHTS)) {
            job.job().join();
            return RunResult.of(job);
        }
    }

    /** The one that reads the file is killed in the middle. */
    @Test
    void bringsTheSameThoughAMemberIsKilled() throws Exception {
        RunResult expected = embedded();
        List<String> said = new ArrayList<>();
        try (DemoCluster cluster = DemoCluster.start(3, 2 * FLIGHTS);
                FlightJob job = FlightJob.onCluster(
                        FlightGrid.client(cluster.name(), cluster.addresses(), 2 * FLIGHTS),
                        FlightReader.source(Reading.of(InputFile.SAMPLE).first(FLIGHTS)), 1, DEPLOY_AT)) {
            MemberKill kill = new MemberKill(cluster, job, FLIGHTS / 2, said::add);
            while (!job.await(MemberKill.LOOK_MS)) {
                kill.look();
            }
            kill.end();
            RunResult.of(job).assertSameAs(expected);
            assertEquals(2, job.grid().members().size());
            System.out.println(said);
            assertTrue(said.get(0).matches(
                    "member [123] of 3, which read the file, was killed at flight [4-7]\\d,\\d{3}"), said::toString);
            assertTrue(said.get(1).matches("the job went on after \\d+\\.\\d s"), said::toString);
        }
    }
}
