package io.penstock.grid.cluster.member;

import io.penstock.grid.Grid;
import io.penstock.grid.GridMember;
import io.penstock.grid.cluster.ClusterState;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/**
 * The main class of a member in a JVM of its own. It does what it is told, line by line, on standard input, and ends as
 * soon as that does, whatever it is at, so that it never outlives the test:
 *
 * <pre>
 * join &lt;cluster&gt; &lt;address&gt;...     starts the member; answers with its address
 * members                           answers with the number of members that it knows
 * safe                              answers whether every backup of its entries is where it belongs
 * close                             closes the grid and ends
 * </pre>
 *
 * <p>and what its {@link MemberProgram} knows beside. Answers, and faults that it finds, are lines that begin with
 * {@value #SIGN}.
 */
final class MemberMain {

    static final String SIGN = "@";
    static final String FAULT = SIGN + "fault ";

    private final MemberProgram program;
    private Grid grid;

    private MemberMain(MemberProgram program) {
        this.program = program;
    }

    /** @param arguments the name of the program's class */
    public static void main(String[] arguments) {
        ExecutorService worker = Executors.newSingleThreadExecutor(work -> new Thread(work, "member-main"));
        try (BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            var constructor = Class.forName(arguments[0]).asSubclass(MemberProgram.class).getDeclaredConstructor();
            constructor.setAccessible(true);
            MemberMain member = new MemberMain(constructor.newInstance());
            for (String line = commands.readLine(); line != null; line = commands.readLine()) {
                List<String> words = List.of(line.split(" "));
                worker.execute(() -> member.obey(words));
            }
        } catch (IOException | ReflectiveOperationException | RuntimeException e) {
            e.printStackTrace();
        }
        Runtime.getRuntime().halt(1); // the test is gone, or something is badly wrong
    }

    private void obey(List<String> words) {
        try {
            System.out.println(SIGN + answer(words));
        } catch (RuntimeException | Error e) {
            e.printStackTrace();
            Runtime.getRuntime().halt(1);
        }
        if (words.equals(List.of("close"))) {
            System.exit(0);
        }
    }

    private String answer(List<String> words) {
        return switch (words.get(0)) {
            case "join" -> {
                grid = program.join(words.get(1), words.subList(2, words.size()));
                yield grid.members().stream().filter(GridMember::isLocal).findAny().orElseThrow().address();
            }
            case "members" -> Integer.toString(grid.members().size());
            case "safe" -> Boolean.toString(ClusterState.isSafe(grid));
            case "close" -> {
                grid.close();
                yield "closed";
            }
            default -> program.answer(grid, words, fault -> System.out.println(FAULT + fault));
        };
    }
}
