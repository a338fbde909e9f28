package io.penstock.dag;

import java.io.Serializable;
import java.util.Objects;

/**
 * The name of a side output. A constant of the application, usually; equal when the names are.
 *
 * @param <T> the type of the side output's events
 */
public record Tag<T>(String name) implements Serializable {

    public Tag {
        Objects.requireNonNull(name, "name");
    }

    public static <T> Tag<T> of(String name) {
        return new Tag<>(name);
    }
}
