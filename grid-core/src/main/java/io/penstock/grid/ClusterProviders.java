package io.penstock.grid;

import io.penstock.grid.host.ClusterProvider;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.ServiceLoader;

/** Finds who can start members and clients of a cluster, and reads the addresses that clients are given. */
final class ClusterProviders {

    private static final String SCHEME = "hazelcast://";

    private ClusterProviders() {}

    /** @throws GridException if its library is not on the class path */
    static ClusterProvider find(String call) {
        try {
            Class.forName("com.hazelcast.core.HazelcastInstance", false, ClusterProviders.class.getClassLoader());
        } catch (ClassNotFoundException e) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    call + " needs com.hazelcast:hazelcast on the class path; add it, or use Grid.embedded()", e);
        }
        Iterator<ClusterProvider> found =
                ServiceLoader.load(ClusterProvider.class, ClusterProvider.class.getClassLoader()).iterator();
        if (!found.hasNext()) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    call + " finds no " + ClusterProvider.class.getName() + " under META-INF/services; if the"
                            + " application is packed into one jar, let its packer merge these files");
        }
        return found.next();
    }

    /** The addresses in such as {@code hazelcast://10.0.0.1:5701,10.0.0.2}. */
    static List<String> addresses(String uri) {
        if (uri == null || !uri.startsWith(SCHEME)) {
            throw badUri(uri, "it must begin with " + SCHEME);
        }
        List<String> addresses = new ArrayList<>();
        for (String address : uri.substring(SCHEME.length()).split(",", -1)) {
            if (!ClusterConfig.isAddress(address)) {
                throw badUri(uri, "after " + SCHEME + " it must have members' addresses with commas between them");
            }
            addresses.add(address.strip());
        }
        return addresses;
    }

    private static GridException badUri(String uri, String why) {
        return new GridException(
                GridException.Code.BAD_CONFIG,
                "Grid.connect: the address " + (uri == null ? "is null" : "is '" + uri + "'") + ", but " + why
                        + ", as in hazelcast://10.0.0.1:5701,10.0.0.2:5701");
    }
}
