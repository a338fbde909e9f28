package io.penstock.grid.cluster;

import com.hazelcast.client.config.ClientConfig;
import com.hazelcast.client.config.YamlClientConfigBuilder;
import com.hazelcast.config.Config;
import com.hazelcast.config.YamlConfigBuilder;
import io.penstock.grid.GridException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.Function;

/** Reads a file of Hazelcast's own settings. */
final class HazelcastFile {

    private HazelcastFile() {}

    /** @throws GridException if there is no such file, or Hazelcast refuses what is in it; as the next */
    static Config ofMember(Path file) {
        return read(file, in -> new YamlConfigBuilder(in).build());
    }

    static ClientConfig ofClient(Path file) {
        return read(file, in -> new YamlClientConfigBuilder(in).build());
    }

    private static <C> C read(Path file, Function<InputStream, C> reader) {
        try (InputStream in = Files.newInputStream(file)) {
            return reader.apply(in);
        } catch (NoSuchFileException e) {
            throw bad(file, "there is no such file; looked for " + file.toAbsolutePath().normalize(), e);
        } catch (IOException | RuntimeException e) {
            throw bad(file, "Hazelcast cannot read it: " + e.getMessage(), e);
        }
    }

    private static GridException bad(Path file, String why, Exception cause) {
        return new GridException(
                GridException.Code.BAD_CONFIG, "cluster: hazelcastYaml " + file + ": " + why, cause);
    }
}
