package io.penstock.grid.yaml;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;

/**
 * Makes a tree of a YAML 1.2 text. Works on the parser's events: no class is named by the text, no object made for it,
 * and nothing grows, because tags, anchors and aliases are refused.
 */
public final class YamlReader {

    private static final int DEPTH_MAX = 16;
    private static final String CHECK = "; check indentation, brackets and quotes";

    private final String text;
    private final Problems problems;
    private Iterator<Event> events;
    private Place last = new Place(1, 1);

    private YamlReader(String text, Problems problems) {
        this.text = text;
        this.problems = problems;
    }

    /**
     * Reads a text of one document.
     *
     * @return a null scalar if it is empty
     * @throws io.penstock.grid.GridException if it is not YAML, or of a form that is not read here
     */
    public static YamlNode read(String text, Problems problems) {
        return new YamlReader(text, problems).document();
    }

    private YamlNode document() {
        next(); // the stream's start
        if (next().getEventId() == Event.ID.StreamEnd) {
            return new YamlNode.Scalar(last, "", true);
        }
        YamlNode root = node(next(), 0);
        next(); // the document's end
        if (next().getEventId() != Event.ID.StreamEnd) {
            throw problems.fatal(last, "a second document begins here, but a file holds one; leave out the '---'");
        }
        return root;
    }

    private YamlNode node(Event event, int depth) {
        Place place = last;
        refuseTricks(event, depth);
        if (event instanceof ScalarEvent scalar) {
            return new YamlNode.Scalar(place, scalar.getValue(), scalar.isPlain());
        }
        if (event instanceof MappingStartEvent) {
            return section(place, depth + 1);
        }
        List<YamlNode> nodes = new ArrayList<>();
        for (Event item = next(); item.getEventId() != Event.ID.SequenceEnd; item = next()) {
            nodes.add(node(item, depth + 1));
        }
        return new YamlNode.Items(place, List.copyOf(nodes));
    }

    private YamlNode.Section section(Place place, int depth) {
        List<YamlNode.Entry> entries = new ArrayList<>();
        for (Event event = next(); event.getEventId() != Event.ID.MappingEnd; event = next()) {
            Place keyPlace = last;
            if (!(node(event, depth) instanceof YamlNode.Scalar key)) {
                throw problems.fatal(keyPlace, "a key must be a word, but is a list or a section");
            }
            entries.add(new YamlNode.Entry(keyPlace, key.text(), node(next(), depth)));
        }
        return new YamlNode.Section(place, List.copyOf(entries));
    }

    private void refuseTricks(Event event, int depth) {
        if (depth >= DEPTH_MAX) {
            throw problems.fatal(last, "more than " + DEPTH_MAX + " levels of nesting; no setting is that deep");
        }
        if (event instanceof AliasEvent || event instanceof NodeEvent node && node.getAnchor().isPresent()) {
            throw problems.fatal(last, "anchors (&name) and aliases (*name) are not read; write the settings out");
        }
        Optional<String> tag = event instanceof ScalarEvent scalar ? scalar.getTag()
                : event instanceof CollectionStartEvent collection ? collection.getTag() : Optional.empty();
        if (tag.isPresent()) {
            String written = tag.get().replace("tag:yaml.org,2002:", "!!");
            throw problems.fatal(last, "tags are not read; leave out " + YamlNode.quoted(written)
                    + " and write the value alone");
        }
    }

    /** The next event; {@link #last} is then its place. */
    private Event next() {
        try {
            if (events == null) {
                events = new Parse(settings()).parseString(text).iterator();
            }
            Event event = events.next();
            event.getStartMark().ifPresent(mark -> last = place(mark));
            return event;
        } catch (MarkedYamlEngineException e) {
            throw problems.fatal(e.getProblemMark().map(YamlReader::place).orElse(last), "not YAML: " + reason(e));
        } catch (ReaderException e) {
            throw problems.fatal(place(e), String.format(
                    "the character U+%04X is not allowed in YAML; remove it", e.getCodePoint()));
        } catch (YamlVersionException e) {
            throw problems.fatal(last, "a version of YAML that is not known; leave out the line with %YAML");
        } catch (YamlEngineException e) {
            throw problems.fatal(last, "not YAML behind this: " + oneLine(e.getMessage()) + CHECK);
        } catch (RuntimeException e) { // what a damaged text makes the library throw must not reach the user
            throw problems.fatal(last, "not YAML: cannot be read from here on (" + e + ")");
        }
    }

    /** With a buffer for the whole text: with a smaller one the library copies all of a long token for each refill. */
    private LoadSettings settings() {
        return LoadSettings.builder()
                .setCodePointLimit(Integer.MAX_VALUE)
                .setBufferSize(text.length() + 2)
                .build();
    }

    private static Place place(Mark mark) {
        return new Place(mark.getLine() + 1, mark.getColumn() + 1);
    }

    private Place place(ReaderException e) {
        int codePoints = Math.min(e.getPosition(), text.codePointCount(0, text.length()));
        return Place.of(text, text.offsetByCodePoints(0, codePoints));
    }

    /** The library's words, or ours for what is met most often. */
    private static String reason(MarkedYamlEngineException e) {
        String problem = String.valueOf(e.getProblem());
        if (problem.contains("TAB")) {
            return "a tab where only blanks may be; indent with blanks";
        }
        if (problem.startsWith("mapping values are not allowed")) {
            return "a ':' where no key can be; look for a wrong indentation, a missing blank after a ':', or missing"
                    + " quotes, here and in the line above";
        }
        if (problem.startsWith("expected <block end>") && problem.contains("<block mapping start>")) {
            return "this line is indented like no line above; indent the keys of a section alike";
        }
        String context = e.getContext() == null ? "" : e.getContext()
                + e.getContextMark().map(mark -> " from line " + place(mark).line()).orElse("") + ", ";
        return oneLine(context + problem) + CHECK;
    }

    private static String oneLine(String text) {
        return text.replaceAll("\\s+", " ");
    }
}
