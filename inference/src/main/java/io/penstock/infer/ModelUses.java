package io.penstock.infer;

import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;

/** Who in a cluster has a model loaded. */
record ModelUses(List<ModelUse> uses) {

    static final ModelUses NONE = new ModelUses(List.of());

    ModelUses {
        uses = List.copyOf(uses);
    }

    /** The same with another word of one user. */
    ModelUses with(ModelUse told) {
        return new ModelUses(Stream.concat(without(told.user()).uses.stream(), Stream.of(told)).toList());
    }

    ModelUses without(UUID user) {
        return new ModelUses(uses.stream().filter(use -> !use.user().equals(user)).toList());
    }

    /** The same without these uses; one whose user has said a word since then stays. */
    ModelUses without(Set<ModelUse> gone) {
        return new ModelUses(uses.stream().filter(use -> !gone.contains(use)).toList());
    }

    /** What a map is to hold: nothing, if nobody is left. */
    ModelUses orNull() {
        return uses.isEmpty() ? null : this;
    }
}
