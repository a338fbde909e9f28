package io.penstock.demo.web;

import java.util.List;

/** What the page shows: a run of the demo. All methods return soon, and disturb the run by no more than reading. */
public interface Run {

    /** What does not change during a run. */
    Facts facts();

    /** What has been done by now; called by one thread at a time, several times a second. */
    Reading read();

    /** The airports with at least {@link Facts#airportOutcomesMin} outcomes; called by any thread. */
    List<LateAirport> airports();

    /** All airports there are, for the background of the map. */
    List<Place> places();

    /**
     * What does not change during a run.
     *
     * @param members how many processes it was started on; 0 if it is in this one
     * @param threads of each
     * @param aucOutcomesMax of how many outcomes the recent AUC is
     */
    record Facts(String input, int members, int threads, int aucOutcomesMax, int airportOutcomesMin) {}

    /** In degrees; south and west are negative. */
    record Place(double latitude, double longitude) {}

    /**
     * An airport and the flights that left it.
     *
     * @param place null if the airport is unknown
     * @param lateShare from 0 to 1
     */
    record LateAirport(
            String iata, String name, String city, String state, Place place, long outcomes, double lateShare) {}
}
