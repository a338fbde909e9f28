package io.penstock.demo;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.demo.Summary.LateAirport;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** A {@link Summary} as one JSON object; a number that is not defined, such as the AUC of no flight, is null. */
final class SummaryJson {

    private final JsonGenerator json;

    private SummaryJson(JsonGenerator json) {
        this.json = json;
    }

    static String of(Summary summary) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            new SummaryJson(json.useDefaultPrettyPrinter()).write(summary);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    private void write(Summary summary) throws IOException {
        FlightJob.Counts counts = summary.counts();
        Evaluation evaluation = summary.evaluation();
        json.writeStartObject();
        json.writeStringField("input", summary.input());
        json.writeBooleanField("interrupted", summary.isInterrupted());
        json.writeNumberField("members", summary.members());
        json.writeNumberField("threads", summary.threads());
        json.writeNumberField("seconds", summary.seconds());
        json.writeNumberField("flights", counts.flights());
        json.writeNumberField("flightsPerSecond", summary.flightsPerSecond());
        json.writeNumberField("skipped", counts.skippedRows());
        json.writeNumberField("notFound", counts.notFound());
        json.writeNumberField("scored", counts.scored());
        json.writeNumberField("notScored", counts.notScored());
        json.writeNumberField("evaluated", evaluation.count());
        number("auc", evaluation.aucRecent());
        number("aucAll", evaluation.aucAll());
        number("precision", evaluation.precision());
        number("recall", evaluation.recall());
        json.writeNumberField("thresholdV1", summary.modelV1().threshold());
        json.writeNumberField("thresholdV2", summary.modelV2().threshold());
        number("aucEvaluatedV1", summary.modelV1().aucEvaluated());
        number("aucEvaluatedV2", summary.modelV2().aucEvaluated());
        if (summary.deployedFromMs().isPresent()) {
            json.writeStringField("deployedFrom", Progress.minute(summary.deployedFromMs().getAsLong()));
        } else {
            json.writeNullField("deployedFrom");
        }
        live("Before", evaluation.before());
        live("After", evaluation.after());
        json.writeArrayFieldStart("lateAirports");
        for (LateAirport airport : summary.lateAirports()) {
            write(airport);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    /** What was measured in this run, before or after the deployment. */
    private void live(String when, Figures figures) throws IOException {
        json.writeNumberField("evaluatedLive" + when, figures.count());
        number("aucLive" + when, figures.auc());
        number("precisionLive" + when, figures.precision());
        number("recallLive" + when, figures.recall());
    }

    private void write(LateAirport airport) throws IOException {
        json.writeStartObject();
        json.writeStringField("iata", airport.iata());
        json.writeStringField("name", airport.name());
        json.writeStringField("city", airport.city());
        json.writeStringField("state", airport.state());
        json.writeNumberField("flights", airport.flights());
        json.writeNumberField("lateShare", airport.lateShare());
        json.writeEndObject();
    }

    private void number(String name, double value) throws IOException {
        if (Double.isFinite(value)) {
            json.writeNumberField(name, value);
        } else {
            json.writeNullField(name);
        }
    }
}
