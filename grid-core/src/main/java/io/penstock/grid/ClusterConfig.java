package io.penstock.grid;

import io.penstock.grid.host.ClusterSettings;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;

/**
 * How a member finds its cluster, or a client one: the settings of {@link Grid#cluster} and {@link Grid#connect}.
 * Without any, a member listens on loopback and is alone until others on the same machine are given its address, or it
 * theirs. Nothing is ever sent by multicast.
 */
public final class ClusterConfig {

    /** The number of partitions of a cluster unless told otherwise. */
    public static final int DEFAULT_PARTITION_COUNT = 271;

    /** The most calls that are under way at a time unless told otherwise. */
    public static final int DEFAULT_CALLS_MAX = 10_000;

    private static final int PARTITION_COUNT_MAX = 10_000;
    private static final int CALLS_LIMIT = 1 << 24;
    private static final int PORT_MAX = 65_535;
    private static final int ADDRESSES_MAX = 1_000;
    private static final Pattern ADDRESS = Pattern.compile(
            "(?:\\[[0-9a-fA-F:.%]+\\]|[\\p{Alnum}._*-]+)(?::[1-9]\\d{0,4})?");

    private String name;
    private String host;
    private int port;
    private final List<String> members = new ArrayList<>();
    private String dns;
    private String kubernetesNamespace;
    private String kubernetesService;
    private int partitionCount;
    private String mapPrefix = "";
    private Duration callTimeout = Duration.ofSeconds(30);
    private Duration connectTimeout = Duration.ofSeconds(30);
    private int callsMax = DEFAULT_CALLS_MAX;
    private Path hazelcastYaml;
    private Object instance;

    ClusterConfig() {}

    /** The cluster's name: those of another do not join. Default: the grid's. */
    public ClusterConfig name(String name) {
        KeyRules.checkName("cluster", name);
        this.name = name;
        return this;
    }

    /** The address of this machine at which the other members and clients reach this one. Default 127.0.0.1. */
    public ClusterConfig host(String host) {
        this.host = nonBlank("host", host);
        return this;
    }

    /** The port to listen at. Default: 5701, or the next that is free. */
    public ClusterConfig port(int port) {
        if (port < 1 || port > PORT_MAX) {
            throw bad("port must be from 1 to " + PORT_MAX + ", but is " + port);
        }
        this.port = port;
        return this;
    }

    /**
     * Addresses of some members, as {@code host} or {@code host:port}; this one's may be among them. They add up. Of
     * members, dns and kubernetes, one way can be chosen; a client has its addresses from {@link Grid#connect} instead.
     */
    public ClusterConfig members(String... addresses) {
        for (String address : addresses) {
            if (!isAddress(nonBlank("a member's address", address))) {
                throw bad("a member's address must be host or host:port, but is '" + address + "'");
            }
            members.add(address.strip());
        }
        if (members.size() > ADDRESSES_MAX) {
            throw bad("at most " + ADDRESSES_MAX + " members' addresses can be given; use dns");
        }
        return this;
    }

    /**
     * Finds the members by a name of which DNS knows all their addresses, such as that of a headless service. All must
     * listen at the same {@link #port}. The name is looked up every 30 s, so that those which missed each other meet
     * later.
     */
    public ClusterConfig dns(String dns) {
        this.dns = nonBlank("dns", dns);
        return this;
    }

    /**
     * Finds the members by asking Kubernetes for the endpoints of a service; needs a service account that may do so.
     */
    public ClusterConfig kubernetes(String namespace, String service) {
        kubernetesNamespace = nonBlank("kubernetes' namespace", namespace);
        kubernetesService = nonBlank("kubernetes' service", service);
        return this;
    }

    /**
     * The number of partitions into which the keys of all maps are divided: from 1 to 10,000, and the same on all
     * members. Some ten or more for each member; the default, {@value #DEFAULT_PARTITION_COUNT}, is right up to 27.
     */
    public ClusterConfig partitionCount(int partitionCount) {
        if (partitionCount < 1 || partitionCount > PARTITION_COUNT_MAX) {
            throw bad("partitionCount must be from 1 to " + PARTITION_COUNT_MAX + ", but is " + partitionCount);
        }
        this.partitionCount = partitionCount;
        return this;
    }

    /** Put before the name of each map in the cluster, so that several applications can share one. Default: nothing. */
    public ClusterConfig mapPrefix(String mapPrefix) {
        if (!mapPrefix.isEmpty()) {
            KeyRules.checkName("map prefix", mapPrefix);
        }
        this.mapPrefix = mapPrefix;
        return this;
    }

    /**
     * How long a call waits for its answer, while a member is lost or a client looks for its cluster, before it fails
     * with {@link GridException.Code#UNAVAILABLE}; that a member hangs is noticed after 5 s at the earliest. From 1 s
     * to a day; default 30 s.
     */
    public ClusterConfig callTimeout(Duration callTimeout) {
        this.callTimeout = timeout("callTimeout", callTimeout);
        return this;
    }

    /**
     * How long {@link Grid#connect} looks for a member. A client that lost its cluster looks for ever. Default 30 s.
     */
    public ClusterConfig connectTimeout(Duration connectTimeout) {
        this.connectTimeout = timeout("connectTimeout", connectTimeout);
        return this;
    }

    /**
     * The most calls of this grid that are under way at a time, waiting ones included; one more fails at once with
     * {@link GridException.Code#OVERLOADED}. From 1 to 16,777,216. Default {@value #DEFAULT_CALLS_MAX}.
     */
    public ClusterConfig callsMax(int callsMax) {
        if (callsMax < 1 || callsMax > CALLS_LIMIT) {
            throw bad("callsMax must be from 1 to " + CALLS_LIMIT + ", but is " + callsMax);
        }
        this.callsMax = callsMax;
        return this;
    }

    /**
     * Begins with a configuration of Hazelcast's own, as YAML (of a member, or for {@link Grid#connect} of a client),
     * and puts the settings of this class and the grid's maps on top of it: what is not set here stays as it is there,
     * but for the timeouts, which have their defaults. Multicast, and features that need a licence, are refused.
     */
    public ClusterConfig hazelcastYaml(Path hazelcastYaml) {
        this.hazelcastYaml = Objects.requireNonNull(hazelcastYaml, "hazelcastYaml");
        return this;
    }

    /**
     * Uses a {@code com.hazelcast.core.HazelcastInstance} that the application started, and will shut down, instead of
     * one of the grid's own. Its configuration must have gone through {@code
     * io.penstock.grid.cluster.PenstockHazelcast.prepare(...)} before it was started. Settings about addresses and
     * times are then its own.
     */
    public ClusterConfig instance(Object hazelcastInstance) {
        instance = Objects.requireNonNull(hazelcastInstance, "hazelcastInstance");
        return this;
    }

    /** Checks the settings together. */
    ClusterSettings settings(String gridName) {
        List<String> ways = new ArrayList<>();
        if (!members.isEmpty()) {
            ways.add("members");
        }
        if (dns != null) {
            ways.add("dns");
        }
        if (kubernetesService != null) {
            ways.add("kubernetes");
        }
        if (ways.size() > 1) {
            throw bad("members are found in one way, but these are set: " + String.join(", ", ways)
                    + "; leave out all but one");
        }
        return new ClusterSettings(
                name, gridName, host, port, List.copyOf(members), dns, kubernetesNamespace, kubernetesService,
                partitionCount, mapPrefix, callTimeout, connectTimeout, callsMax, hazelcastYaml, instance);
    }

    ClusterConfig copy() {
        ClusterConfig copy = new ClusterConfig();
        copy.name = name;
        copy.host = host;
        copy.port = port;
        copy.members.addAll(members);
        copy.dns = dns;
        copy.kubernetesNamespace = kubernetesNamespace;
        copy.kubernetesService = kubernetesService;
        copy.partitionCount = partitionCount;
        copy.mapPrefix = mapPrefix;
        copy.callTimeout = callTimeout;
        copy.connectTimeout = connectTimeout;
        copy.callsMax = callsMax;
        copy.hazelcastYaml = hazelcastYaml;
        copy.instance = instance;
        return copy;
    }

    /** Whether it is {@code host}, {@code host:port}, or one of these with an IPv6 address in brackets. */
    static boolean isAddress(String text) {
        return ADDRESS.matcher(text.strip()).matches();
    }

    private static Duration timeout(String setting, Duration time) {
        if (time.compareTo(Duration.ofSeconds(1)) < 0 || time.compareTo(Duration.ofDays(1)) > 0) {
            throw bad(setting + " must be from 1 s to 1 day, but is " + time);
        }
        return time;
    }

    private static String nonBlank(String setting, String text) {
        if (text == null || text.isBlank()) {
            throw bad(setting + " is " + (text == null ? "null" : "blank") + "; give one");
        }
        return text;
    }

    private static GridException bad(String what) {
        return new GridException(GridException.Code.BAD_CONFIG, "cluster: " + what);
    }
}
