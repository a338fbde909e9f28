package io.penstock.demo;

import io.penstock.grid.Grid;
import io.penstock.infer.Models;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Properties;

/**
 * A model that comes with the demo; {@code embedded-demo/model/README.md} tells how {@code ./demo train} makes them.
 *
 * @param version as in the names of its files: 1 knows hour, weekday and distance, 2 also what the stream knows
 * @param threshold from this probability on a flight counts as late; chosen on the training rows
 * @param aucEvaluated on the flights that {@link FlightEvaluation} scores, measured when it was trained
 */
record FlightModel(int version, double threshold, double aucEvaluated) {

    /** The name in the grid, of all versions. */
    static final String NAME = "delay";

    /** The output: the probability of a late arrival. */
    static final String PROBABILITY = "probability";

    static FlightModel shipped(int version) {
        Properties properties = new Properties();
        try (InputStream in = resource(fileName(version, "properties"))) {
            properties.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new FlightModel(
                version,
                Double.parseDouble(properties.getProperty("threshold")),
                Double.parseDouble(properties.getProperty("auc-evaluated")));
    }

    static String fileName(int version, String extension) {
        return "delay-v" + version + "." + extension;
    }

    static byte[] shippedOnnx(int version) {
        try (InputStream in = resource(fileName(version, "onnx"))) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static InputStream resource(String name) {
        InputStream in = FlightModel.class.getResourceAsStream(name);
        if (in == null) {
            throw new IllegalStateException("there is no '" + name + "' on the class path; make it by ./demo train");
        }
        return in;
    }

    /** Deploys version 1, which scores until another one takes over. */
    static void deployFirst(Grid grid) {
        Models.of(grid).deploy(NAME, shippedOnnx(1));
    }

    /**
     * Deploys version 2 with effect from an event time, unless that was done already; what departs before stays with
     * version 1.
     */
    static void deploySecond(Grid grid, long fromMs) {
        Models models = Models.of(grid);
        byte[] onnx = shippedOnnx(2);
        if (!isDeployed(models, onnx, fromMs)) {
            models.deploy(NAME, onnx, options -> options.from(fromMs));
        }
    }

    private static boolean isDeployed(Models models, byte[] onnx, long fromMs) {
        String sha256 = sha256(onnx);
        return models.list().stream().anyMatch(
                model -> model.name().equals(NAME) && model.fromMs() == fromMs && model.sha256().equals(sha256));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e); // every JDK has it
        }
    }
}
