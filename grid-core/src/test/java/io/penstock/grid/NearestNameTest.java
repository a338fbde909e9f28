package io.penstock.grid;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestNameTest {

    private static final List<String> NAMES = YamlKey.OF_MAP.stream().map(YamlKey::name).toList();

    @Test
    void findsTheNameThatWasMeant() {
        for (String found : List.of("max-entires", "maxEntries", "max_entries", "MAX ENTRIES", "entries")) {
            assertEquals("; did you mean 'max-entries'?", NearestName.hint(found, NAMES), found);
        }
        assertEquals("; did you mean 'ttl'?", NearestName.hint("tlt", NAMES));
        assertEquals("; did you mean 'indexes'?", NearestName.hint("index", NAMES));
        assertEquals("; did you mean 'max-bytes'?", NearestName.hint("maxbyte", NAMES));
    }

    @Test
    void guessesNothingForAnotherName() {
        for (String found : List.of("", "x", "backup-count", "size", "tt l l l", "t".repeat(1_000_000))) {
            assertEquals("", NearestName.hint(found, NAMES));
        }
    }
}
