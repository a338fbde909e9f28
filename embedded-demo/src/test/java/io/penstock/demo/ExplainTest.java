package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ExplainTest {

    /** {@code explain-4-workers.txt} shows the keyed exchanges. */
    @Test
    void showsHowThePipelineRunsOnFourWorkers() throws IOException {
        try (InputStream golden = ExplainTest.class.getResourceAsStream("explain-4-workers.txt")) {
            assertEquals(
                    new String(golden.readAllBytes(), StandardCharsets.UTF_8),
                    FlightPipeline.create(FlightReader.source(InputFile.SAMPLE, false), FlightJob.DEPLOY_AT)
                            .explain(4));
        }
    }
}
