package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;

import io.penstock.demo.FlightJob.Counts;
import io.penstock.demo.Summary.LateAirport;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** In a country where numbers look different. */
class SummaryTest {

    private static final Summary SUMMARY = new Summary(
            "flights.csv", true, 0, 4, 12.5, new Counts(25_000, 49_000, 2, 3, 4, 24_993, 0),
            new Evaluation(0.71234, new Figures(24_000, 0.65, 10, 30, 10), new Figures(20_000, 0.6, 8, 24, 8),
                    Figures.NONE),
            new FlightModel(1, 0.25, 0.62), new FlightModel(2, 0.35, 0.73), OptionalLong.of(979_496_160_000L),
            List.of(new LateAirport("JFK", "John F Kennedy Intl", "New York", "NY", 3_133, 0.309)));

    private Locale before;

    @BeforeEach
    void travel() {
        before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
    }

    @AfterEach
    void comeBack() {
        Locale.setDefault(before);
    }

    @Test
    void isWrittenForPeople() {
        assertEquals("""
                Interrupted; this is the summary so far.
                input           flights.csv
                flights         25,000 in 12.50 s, on 4 threads
                flights/s       2,000
                lines skipped   2
                not found       3 flights of unknown airports
                scored          24,993
                not scored      4
                outcomes known  24,000 of them
                AUC             0.7123 over the last 20,000 outcomes, 0.6500 over all
                precision       0.2500 at the thresholds of the models, 0.2500 (v1) and 0.3500 (v2)
                recall          0.5000
                v2 deployed     with effect from event time 2001-01-14 18:16
                  live before   AUC 0.6000, precision 0.2500, recall 0.5000, over 20,000 outcomes of this run
                  live after    AUC -, precision -, recall -, over 0 outcomes of this run
                ./demo evaluate AUC 0.6200 (v1), 0.7300 (v2), both on flights 150,001 to 300,000, stored with the models

                Airports whose flights arrive late most often (200 flights at least)
                  JFK  30.9 % of   3,133  John F Kennedy Intl, New York
                """, SummaryText.of(SUMMARY));
    }

    @Test
    void isWrittenForPrograms() {
        assertEquals("""
                {
                  "input" : "flights.csv",
                  "interrupted" : true,
                  "members" : 0,
                  "threads" : 4,
                  "seconds" : 12.5,
                  "flights" : 25000,
                  "flightsPerSecond" : 2000.0,
                  "skipped" : 2,
                  "notFound" : 3,
                  "scored" : 24993,
                  "notScored" : 4,
                  "evaluated" : 24000,
                  "auc" : 0.71234,
                  "aucAll" : 0.65,
                  "precision" : 0.25,
                  "recall" : 0.5,
                  "thresholdV1" : 0.25,
                  "thresholdV2" : 0.35,
                  "aucEvaluatedV1" : 0.62,
                  "aucEvaluatedV2" : 0.73,
                  "deployedFrom" : "2001-01-14 18:16",
                  "evaluatedLiveBefore" : 20000,
                  "aucLiveBefore" : 0.6,
                  "precisionLiveBefore" : 0.25,
                  "recallLiveBefore" : 0.5,
                  "evaluatedLiveAfter" : 0,
                  "aucLiveAfter" : null,
                  "precisionLiveAfter" : null,
                  "recallLiveAfter" : null,
                  "lateAirports" : [ {
                    "iata" : "JFK",
                    "name" : "John F Kennedy Intl",
                    "city" : "New York",
                    "state" : "NY",
                    "flights" : 3133,
                    "lateShare" : 0.309
                  } ]
                }""", SummaryJson.of(SUMMARY));
    }
}
