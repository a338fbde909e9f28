package io.penstock.demo;

final class FlightFeatures {

    static float[] of(Flight f) {
        float[] v = new float[18];
        v[0] = f.hour();
        v[1] = f.weekday();
        v[2] = f.departure().distanceMiles();
        int i = 3;
        for (DelayStats s : new DelayStats[] {f.atOrigin().asOrigin(), f.atOrigin().asDestination(),
            f.atDestination().asOrigin(), f.atDestination().asDestination(), f.network()}) {
            v[i++] = (float) s.meanMinutes();
            v[i++] = (float) s.lateShare();
            v[i++] = (float) Math.log1p(s.count());
        }
        return v;
    }

    private FlightFeatures() {}
}
