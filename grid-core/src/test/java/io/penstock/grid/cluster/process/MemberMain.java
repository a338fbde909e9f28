package io.penstock.grid.cluster.process;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import io.penstock.grid.cluster.ClusterState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The main class of a member in a JVM of its own. It does what it is told, line by line, on standard input, and ends
 * when that does, so that it never outlives the test:
 *
 * <pre>
 * join &lt;cluster&gt; &lt;address&gt;...     starts the member; answers with its address
 * members                           answers with the number of members that it knows
 * safe                              answers whether every backup of its entries is where it belongs
 * view                              reads a view of its own entries from now on
 * viewed                            answers with the number of values that were read from the view
 * close                             closes the grid and ends
 * </pre>
 *
 * <p>Answers, and faults that it finds, are lines that begin with {@value #SIGN}.
 */
final class MemberMain {

    static final String SIGN = "@";
    static final String FAULT = SIGN + "fault ";

    private Grid grid;
    private OwnViewReader viewReader;

    private MemberMain() {}

    public static void main(String[] arguments) {
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            MemberMain member = new MemberMain();
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                String answer = member.answer(line.split(" "));
                System.out.println(SIGN + answer);
                if (answer.equals("closed")) {
                    System.exit(0);
                }
            }
        } catch (IOException | RuntimeException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(1); // the test is gone, or something is badly wrong
    }

    private String answer(String[] words) {
        return switch (words[0]) {
            case "join" -> join(words);
            case "members" -> Integer.toString(grid.members().size());
            case "safe" -> Boolean.toString(ClusterState.isSafe(grid));
            case "view" -> {
                viewReader = OwnViewReader.start(grid.map(Tally.MAP), fault -> System.out.println(FAULT + fault));
                yield "viewing";
            }
            case "viewed" -> Long.toString(viewReader.foundCount());
            case "close" -> {
                grid.close();
                yield "closed";
            }
            default -> throw new IllegalArgumentException("there is no command '" + words[0] + "'");
        };
    }

    private String join(String[] words) {
        grid = TallyGrids.member(words[1], List.of(words).subList(2, words.length));
        return grid.members().stream().filter(GridMember::isLocal).findAny().orElseThrow().address();
    }
}
