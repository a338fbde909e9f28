package io.penstock.demo.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import io.penstock.demo.web.History.Point;
import io.penstock.demo.web.Reading.Stage;
import io.penstock.demo.web.Reading.Takeover;
import io.penstock.demo.web.Run.Facts;
import io.penstock.demo.web.Run.LateAirport;
import io.penstock.demo.web.Run.Place;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** What the page asks for. A figure that is not defined, or not yet, is null; the end of event time is "end". */
final class StateJson {

    /** The throughput at a point of the history is that of so long a time before it, so that it does not flicker. */
    private static final double POINT_SECONDS = 0.5;

    private final JsonGenerator json;

    private StateJson(JsonGenerator json) {
        this.json = json;
    }

    private interface Writing {
        void to(StateJson json) throws IOException;
    }

    private static String text(Writing writing) {
        StringWriter text = new StringWriter();
        try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
            writing.to(new StateJson(json));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return text.toString();
    }

    /** An array of [longitude, latitude]. */
    static String places(List<Place> places) {
        return text(to -> {
            to.json.writeStartArray();
            for (Place place : places) {
                to.json.writeArray(new double[] {round(place.longitude()), round(place.latitude())}, 0, 2);
            }
            to.json.writeEndArray();
        });
    }

    /** To about 100 m, which is less than a pixel. */
    private static double round(double degrees) {
        return Math.round(degrees * 1_000) / 1_000.0;
    }

    static String of(Facts facts, Rates rates, List<Point> history, List<LateAirport> airports) {
        return text(to -> {
            to.json.writeStartObject();
            to.facts(facts);
            to.figures(rates, history);
            to.takeovers(rates.now().takeovers());
            to.history(history);
            to.airports(airports);
            to.stages(rates);
            to.json.writeEndObject();
        });
    }

    private void facts(Facts facts) throws IOException {
        json.writeStringField("input", facts.input());
        json.writeNumberField("members", facts.members());
        json.writeNumberField("threads", facts.threads());
        json.writeNumberField("aucOutcomesMax", facts.aucOutcomesMax());
        json.writeNumberField("airportOutcomesMin", facts.airportOutcomesMin());
    }

    private void figures(Rates rates, List<Point> history) throws IOException {
        Reading now = rates.now();
        long startMs = history.stream().mapToLong(Point::eventTimeMs).filter(Reading::isTime).findFirst()
                .orElse(Reading.NO_TIME);
        json.writeStringField("status", now.status().name().toLowerCase(Locale.ROOT));
        number("seconds", now.seconds());
        json.writeNumberField("flights", now.counts().flights());
        json.writeNumberField("events", now.counts().events());
        json.writeNumberField("skipped", now.counts().skipped());
        json.writeNumberField("notFound", now.counts().notFound());
        json.writeNumberField("scored", now.counts().scored());
        json.writeNumberField("notScored", now.counts().notScored());
        number("eventsPerSecond", rates.eventsPerSecond());
        time("sourceTimeMs", now.sourceTimeMs());
        time("eventTimeMs", now.eventTimeMs());
        number("eventMinutesPerSecond", rates.eventMinutesPerSecond(startMs));
        json.writeNumberField("lagMs", now.lagMs());
        json.writeNumberField("outcomes", now.quality().outcomes());
        number("aucRecent", now.quality().aucRecent());
        number("aucAll", now.quality().aucAll());
        number("aucFirst", now.quality().aucFirst());
        number("aucLater", now.quality().aucLater());
        number("precision", now.quality().precision());
        number("recall", now.quality().recall());
    }

    private void takeovers(List<Takeover> takeovers) throws IOException {
        json.writeArrayFieldStart("models");
        for (Takeover takeover : takeovers) {
            json.writeStartObject();
            json.writeNumberField("version", takeover.version());
            json.writeNumberField("fromMs", takeover.fromMs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    /** One array for each figure, all of the same length. */
    private void history(List<Point> points) throws IOException {
        json.writeObjectFieldStart("history");
        column("seconds", points, Point::seconds);
        json.writeArrayFieldStart("eventsPerSecond");
        for (int i = 0; i < points.size(); i++) {
            value(eventsPerSecond(points, i));
        }
        json.writeEndArray();
        column("eventTimeMs", points, point -> Reading.isTime(point.eventTimeMs()) ? point.eventTimeMs() : Double.NaN);
        column("lagMs", points, Point::lagMs);
        column("outcomes", points, Point::outcomes);
        column("aucRecent", points, Point::aucRecent);
        column("aucFirst", points, Point::aucFirst);
        column("aucLater", points, Point::aucLater);
        json.writeEndObject();
    }

    private static double eventsPerSecond(List<Point> points, int index) {
        Point point = points.get(index);
        for (int i = index - 1; i >= 0; i--) {
            double seconds = point.seconds() - points.get(i).seconds();
            if (seconds >= POINT_SECONDS) {
                return Math.max(0, point.events() - points.get(i).events()) / seconds;
            }
        }
        return point.seconds() > 0 ? point.events() / point.seconds() : 0;
    }

    private void column(String name, List<Point> points, ToDoubleFunction<Point> figure) throws IOException {
        json.writeArrayFieldStart(name);
        for (Point point : points) {
            value(figure.applyAsDouble(point));
        }
        json.writeEndArray();
    }

    private void airports(List<LateAirport> airports) throws IOException {
        json.writeArrayFieldStart("airports");
        for (LateAirport airport : airports) {
            json.writeStartObject();
            json.writeStringField("iata", airport.iata());
            json.writeStringField("name", airport.name());
            json.writeStringField("city", airport.city());
            json.writeStringField("state", airport.state());
            number("latitude", airport.place() == null ? Double.NaN : airport.place().latitude());
            number("longitude", airport.place() == null ? Double.NaN : airport.place().longitude());
            json.writeNumberField("outcomes", airport.outcomes());
            number("lateShare", airport.lateShare());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void stages(Rates rates) throws IOException {
        json.writeArrayFieldStart("stages");
        for (Stage stage : rates.now().stages()) {
            json.writeStartObject();
            json.writeStringField("name", stage.name());
            json.writeNumberField("workers", stage.workers());
            json.writeNumberField("in", stage.in());
            json.writeNumberField("out", stage.out());
            json.writeNumberField("failed", stage.failed());
            number("eventsPerSecond", rates.eventsPerSecond(stage));
            time("watermarkMs", stage.watermarkMs());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void time(String name, long timeMs) throws IOException {
        if (timeMs == Reading.END_OF_TIME) {
            json.writeStringField(name, "end");
        } else {
            number(name, timeMs == Reading.NO_TIME ? Double.NaN : timeMs);
        }
    }

    private void number(String name, double value) throws IOException {
        json.writeFieldName(name);
        value(value);
    }

    /** Whole numbers without a fraction, which for counts and times is shorter and for nothing less exact. */
    private void value(double value) throws IOException {
        if (!Double.isFinite(value)) {
            json.writeNull();
        } else if (value == Math.rint(value) && Math.abs(value) < 1L << 53) {
            json.writeNumber((long) value);
        } else {
            json.writeNumber(Math.round(value * 1e6) / 1e6);
        }
    }
}
