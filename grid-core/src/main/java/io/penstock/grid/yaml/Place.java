package io.penstock.grid.yaml;

/** A place in a text; line and column count from 1. */
public record Place(int line, int column) {

    /** The place of the character at {@code index}. */
    static Place of(CharSequence text, int index) {
        int line = 1;
        int lineStart = 0;
        for (int i = 0; i < index; i++) {
            if (text.charAt(i) == '\n') {
                line++;
                lineStart = i + 1;
            }
        }
        return new Place(line, Character.codePointCount(text, lineStart, index) + 1);
    }

    @Override
    public String toString() {
        return "line " + line + ", column " + column;
    }
}
