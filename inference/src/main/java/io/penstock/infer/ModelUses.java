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

    /** The same with another word of one user, and without those who have gone. */
    ModelUses with(ModelUse told, Set<UUID> gone) {
        Stream<ModelUse> others = uses.stream()
                .filter(use -> !use.user().equals(told.user()) && !gone.contains(use.user()));
        return new ModelUses(Stream.concat(others, Stream.of(told)).toList());
    }

    ModelUses without(UUID user) {
        return new ModelUses(uses.stream().filter(use -> !use.user().equals(user)).toList());
    }
}
