package io.penstock.grid.cluster.process;

import io.penstock.grid.Grid;
import io.penstock.grid.cluster.member.MemberProgram;
import java.util.List;
import java.util.function.Consumer;

/**
 * A member that can be told to read its own entries:
 *
 * <pre>
 * view                              reads a view of its own entries from now on
 * viewed                            answers with the number of values that were read from the view
 * </pre>
 */
final class TallyMember implements MemberProgram {

    private OwnViewReader viewReader;

    @Override
    public Grid join(String cluster, List<String> addresses) {
        return TallyGrids.member(cluster, addresses);
    }

    @Override
    public String answer(Grid grid, List<String> words, Consumer<String> faults) {
        return switch (words.get(0)) {
            case "view" -> {
                viewReader = OwnViewReader.start(grid.map(Tally.MAP), faults);
                yield "viewing";
            }
            case "viewed" -> Long.toString(viewReader.foundCount());
            default -> MemberProgram.super.answer(grid, words, faults);
        };
    }
}
