package io.penstock.grid.query;

import io.penstock.grid.GridException;
import java.lang.reflect.Modifier;
import java.util.Objects;

/**
 * Chooses the entries whose property is a text of a pattern: {@code %} is any number of characters, {@code _} is one,
 * and {@code \} makes the next an ordinary one. Never those where it is null. Takes at most pattern times text steps,
 * whatever the pattern; a regular expression would not promise that.
 */
public record Like<K, V>(Property property, String pattern) implements KnownPredicate<K, V> {

    private static final int NONE = -1;

    public Like {
        Objects.requireNonNull(pattern, () -> "the pattern for property '" + property + "' is null");
    }

    @Override
    public boolean test(K key, V entryValue) {
        Object value = property.of(entryValue);
        if (value == null) {
            return false;
        }
        if (!(value instanceof CharSequence text)) {
            throw notText(value.getClass());
        }
        return matches(text);
    }

    /** Goes back to the latest % only: what the ones before it took never needs to change. */
    private boolean matches(CharSequence text) {
        int at = 0;
        int inPattern = 0;
        int afterPercent = NONE;
        int retryAt = 0;
        while (at < text.length()) {
            if (inPattern < pattern.length() && pattern.charAt(inPattern) == '%') {
                afterPercent = ++inPattern;
                retryAt = at;
            } else if (inPattern < pattern.length() && isOne(inPattern, text.charAt(at))) {
                inPattern += isEscape(inPattern) ? 2 : 1;
                at++;
            } else if (afterPercent != NONE) {
                inPattern = afterPercent;
                at = ++retryAt;
            } else {
                return false;
            }
        }
        while (inPattern < pattern.length() && pattern.charAt(inPattern) == '%') {
            inPattern++;
        }
        return inPattern == pattern.length();
    }

    private boolean isOne(int inPattern, char character) {
        return isEscape(inPattern)
                ? pattern.charAt(inPattern + 1) == character
                : pattern.charAt(inPattern) == '_' || pattern.charAt(inPattern) == character;
    }

    /** A backslash at the very end stands for itself. */
    private boolean isEscape(int inPattern) {
        return pattern.charAt(inPattern) == '\\' && inPattern + 1 < pattern.length();
    }

    @Override
    public void check(Class<?> keyType, Class<?> valueType) {
        Class<?> declared = property.check(valueType);
        if (declared != null
                && Modifier.isFinal(declared.getModifiers())
                && !CharSequence.class.isAssignableFrom(declared)) {
            throw notText(declared);
        }
    }

    private GridException notText(Class<?> type) {
        return new GridException(
                GridException.Code.BAD_PROPERTY,
                "property '" + property + "' is a " + type.getName() + ", and only a text can be like a pattern");
    }

    @Override
    public String toString() {
        return property + " like ?";
    }
}
