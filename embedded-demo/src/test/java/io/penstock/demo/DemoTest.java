package io.penstock.demo;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.lang.reflect.Field;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine.Option;

class DemoTest {

    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    private int run(String... arguments) {
        return Demo.run(arguments, stream(out), stream(err));
    }

    private static PrintStream stream(ByteArrayOutputStream bytes) {
        return new PrintStream(bytes, true, StandardCharsets.UTF_8);
    }

    @Test
    void helpTellsOfEveryOption() {
        assertEquals(0, run("--help"));
        String help = out.toString(StandardCharsets.UTF_8);
        for (Field field : optionsOf(Demo.class, TrainCommand.class, EvaluateCommand.class)) {
            Option option = field.getAnnotation(Option.class);
            if (option != null && !option.hidden()) {
                assertTrue(Arrays.stream(option.names()).allMatch(help::contains), field::getName);
            }
        }
    }

    private static List<Field> optionsOf(Class<?>... commands) {
        return Arrays.stream(commands).flatMap(command -> Arrays.stream(command.getDeclaredFields())).toList();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', value = {
        "--threads 0    | --threads must be from 1 to 256, but is 0",
        "--threads many | Invalid value for option '--threads': 'many' is not an int",
        "--threads      | Missing required parameter for option '--threads' (<threads>)",
        "--web=65536    | --web must be from 0 to 65535, but is 65536",
        "--speed        | Unknown option: '--speed'",
        "--deploy-at 0  | --deploy-at must be the number of a flight, from 1, but is 0",
        "--rate 0       | --rate must be larger than 0, but is 0.0",
        "--rate NaN     | --rate must be larger than 0, but is NaN",
        "--cluster 0    | --cluster must be from 1 to 9 members, but is 0",
        "--cluster 10   | --cluster must be from 1 to 9 members, but is 10",
        "--kill-at 9    | --kill-at and --no-kill need --cluster, whose members they are about",
        "--no-kill      | --kill-at and --no-kill need --cluster, whose members they are about",
        "--cluster 3 --kill-at 0 | --kill-at must be the number of a flight, from 1, but is 0",
        "--cluster 3 --kill-at 9 --no-kill | --kill-at and --no-kill exclude each other",
        "--cluster 1 --kill-at 9 | --kill-at needs a --cluster of 2 at least: one has to go on",
        "train --into no-folder | --into must be a folder, but is no-folder",
        "train --json   | Unknown option: '--json'",
        "evaluate --threads 0 | --threads must be from 1 to 256, but is 0",
        "more           | Unmatched argument at index 0: 'more'",
    })
    void refusesWrongOptions(String arguments, String message) {
        assertEquals(2, run(arguments.split(" ")));
        assertEquals("demo: " + message + "; ./demo --help lists the options\n", err.toString(StandardCharsets.UTF_8));
        assertEquals(0, out.size());
    }
}
