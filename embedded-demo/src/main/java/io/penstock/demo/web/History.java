package io.penstock.demo.web;

import java.util.ArrayList;
import java.util.List;

/**
 * A run's readings over time, of which no more are kept than told: when there is no room, every second one goes, and
 * from then on only every second one comes. The newest is always there. Not thread-safe.
 */
final class History {

    /** A reading without its stages. */
    record Point(
            double seconds,
            long events,
            long eventTimeMs,
            long lagMs,
            long outcomes,
            double aucRecent,
            double aucFirst,
            double aucLater) {

        static Point of(Reading reading) {
            Reading.Quality quality = reading.quality();
            return new Point(reading.seconds(), reading.counts().events(), reading.eventTimeMs(), reading.lagMs(),
                    quality.outcomes(), quality.aucRecent(), quality.aucFirst(), quality.aucLater());
        }
    }

    private final int pointsMax;
    private final List<Point> kept = new ArrayList<>();
    private Point newest;
    private long added;
    private long stride = 1;

    /** @param pointsMax at least 2 */
    History(int pointsMax) {
        this.pointsMax = pointsMax;
    }

    void add(Point point) {
        long index = added++;
        newest = point;
        if (index % stride == 0 && kept.size() == pointsMax - 1) {
            thin();
        }
        if (index % stride == 0) {
            kept.add(point);
        }
    }

    private void thin() {
        List<Point> thinned = new ArrayList<>();
        for (int i = 0; i < kept.size(); i += 2) {
            thinned.add(kept.get(i));
        }
        kept.clear();
        kept.addAll(thinned);
        stride *= 2;
    }

    /** In the order in which they came. */
    List<Point> points() {
        List<Point> points = new ArrayList<>(kept);
        if (newest != null && points.get(points.size() - 1) != newest) {
            points.add(newest);
        }
        return points;
    }
}
