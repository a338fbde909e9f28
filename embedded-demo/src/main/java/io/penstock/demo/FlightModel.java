package io.penstock.demo;

import io.penstock.grid.Grid;
import io.penstock.infer.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Properties;

/** The model that comes with the demo; {@code embedded-demo/model/README.md} tells how it is made. */
final class FlightModel {

    /** Its name in the grid. */
    static final String NAME = "delay";

    /** Its output: the probability of a late arrival. */
    static final String PROBABILITY = "probability";

    private FlightModel() {}

    static void deploy(Grid grid) {
        Models.of(grid).deployResource(NAME, FlightModel.class, "delay.onnx");
    }

    /** From this probability on a flight counts as late; chosen on the training rows. */
    static double threshold() {
        Properties properties = new Properties();
        try (InputStream in = FlightModel.class.getResourceAsStream("delay.properties")) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Double.parseDouble(properties.getProperty("threshold"));
    }
}
