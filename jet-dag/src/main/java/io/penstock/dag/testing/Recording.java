package io.penstock.dag.testing;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** The rows of each output, in sections that end with a watermark. */
final class Recording {

    record Row(long timeMs, Object event) {
        @Override
        public String toString() {
            return timeMs == Long.MIN_VALUE ? String.valueOf(event) : event + " at " + timeMs;
        }
    }

    private final List<List<List<Row>>> sectionsOfOutput = new ArrayList<>();
    private final List<Long> watermarksMs = new ArrayList<>();

    Recording(int outputCount) {
        for (int output = 0; output < outputCount; output++) {
            sectionsOfOutput.add(new ArrayList<>());
        }
    }

    int watermarkCount() {
        return watermarksMs.size();
    }

    void row(int output, int section, Row row) {
        List<List<Row>> sections = sectionsOfOutput.get(output);
        while (sections.size() <= section) {
            sections.add(new ArrayList<>());
        }
        sections.get(section).add(row);
    }

    /** The watermark that ends a section; every instance and output sends the same. */
    void watermark(int section, long watermarkMs) {
        if (section == watermarksMs.size()) {
            watermarksMs.add(watermarkMs);
        } else if (watermarksMs.get(section) != watermarkMs) {
            throw new AssertionError("watermark " + (section + 1) + " is " + watermarksMs.get(section)
                    + " on one output or instance, but " + watermarkMs + " on another");
        }
    }

    /** What differs first between this, which was expected, and what came; null if nothing does. */
    String firstDifference(Recording actual, boolean inExactOrder) {
        int sectionCount = Math.max(watermarksMs.size(), actual.watermarksMs.size()) + 1;
        for (int section = 0; section < sectionCount; section++) {
            for (int output = 0; output < sectionsOfOutput.size(); output++) {
                List<Row> wanted = section(output, section);
                List<Row> found = actual.section(output, section);
                String difference = inExactOrder ? orderedDifference(wanted, found) : difference(wanted, found);
                if (difference != null) {
                    return (output == 0 ? "" : "side output " + output + ", ")
                            + (section == 0 ? "before the first watermark: "
                                    : "after watermark " + actual.watermarkText(section - 1) + ": ")
                            + difference;
                }
            }
            if (section + 1 < sectionCount && !Objects.equals(watermarkText(section), actual.watermarkText(section))) {
                return "watermark " + (section + 1) + ": expected " + watermarkText(section) + ", but came "
                        + actual.watermarkText(section);
            }
        }
        return null;
    }

    private List<Row> section(int output, int section) {
        List<List<Row>> sections = sectionsOfOutput.get(output);
        return section < sections.size() ? sections.get(section) : List.of();
    }

    private String watermarkText(int section) {
        return section < watermarksMs.size() ? watermarksMs.get(section).toString() : "none";
    }

    private static String orderedDifference(List<Row> wanted, List<Row> found) {
        for (int row = 0; row < Math.max(wanted.size(), found.size()); row++) {
            Object wantedRow = row < wanted.size() ? wanted.get(row) : "no row";
            Object foundRow = row < found.size() ? found.get(row) : "no row";
            if (!wantedRow.equals(foundRow)) {
                return "row " + (row + 1) + ": expected " + wantedRow + ", but came " + foundRow;
            }
        }
        return null;
    }

    private static String difference(List<Row> wanted, List<Row> found) {
        Row missing = firstBeyond(wanted, found);
        Row unexpected = firstBeyond(found, wanted);
        if (missing == null && unexpected == null) {
            return null;
        }
        return "expected " + wanted.size() + " rows, came " + found.size()
                + (missing == null ? "" : "; missing " + missing)
                + (unexpected == null ? "" : "; not expected " + unexpected);
    }

    /** The first row that is more often in one list than in the other, or null. */
    private static Row firstBeyond(List<Row> rows, List<Row> others) {
        Map<Row, Integer> counts = new HashMap<>();
        others.forEach(row -> counts.merge(row, 1, Integer::sum));
        for (Row row : rows) {
            if (counts.merge(row, -1, Integer::sum) < 0) {
                return row;
            }
        }
        return null;
    }
}
