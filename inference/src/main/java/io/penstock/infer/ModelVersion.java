package io.penstock.infer;

import java.io.Serializable;

/**
 * A version of a model.
 *
 * @param version counts from 1 for each name, and goes on when a removed name is deployed again
 */
public record ModelVersion(String name, int version) implements Serializable {

    @Override
    public String toString() {
        return "model '" + name + "' v" + version;
    }
}
