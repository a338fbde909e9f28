package io.penstock.server;

/** An answer over HTTP, small enough to be in memory at once. */
record Response(int status, String contentType, String body) {

    static Response text(int status, String line) {
        return new Response(status, "text/plain; charset=utf-8", line + "\n");
    }

    static Response json(int status, String json) {
        return new Response(status, "application/json", json + "\n");
    }

    static Response metrics(String scrape) {
        return new Response(200, "text/plain; version=0.0.4; charset=utf-8", scrape);
    }
}
