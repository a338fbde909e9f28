package io.penstock.grid.cluster;

import com.hazelcast.cluster.Member;
import io.penstock.grid.GridException;
import io.penstock.grid.codec.CodecPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * What those who share maps must have in common, as members say it in their attributes, which everybody sees.
 *
 * @param codec the version of the codec's bytes
 * @param protocol the version of all else that members and clients say to each other: {@link StoredForm}, the functions
 *     that are sent to owners, and what the cluster keeps of each map
 */
record ClusterVersion(int codec, int protocol) {

    static final ClusterVersion OURS = new ClusterVersion(CodecPlan.VERSION, 1);

    static final String CODEC_ATTRIBUTE = "penstock.codec";
    static final String PROTOCOL_ATTRIBUTE = "penstock.protocol";

    /**
     * Compares all members with this JVM.
     *
     * @param clusterName for the message
     * @param ourselves for the message, such as {@code this client}
     * @throws GridException if one is of another version, or no member of Penstock's
     */
    static void check(Collection<Member> members, String clusterName, String ourselves) {
        List<String> others = new ArrayList<>();
        for (Member member : members) {
            String version = textOf(member);
            if (!version.equals(OURS.text())) {
                others.add("the member at " + address(member) + " has " + version);
            }
        }
        if (!others.isEmpty()) {
            throw new GridException(
                    GridException.Code.BAD_CONFIG,
                    "cluster '" + clusterName + "' does not match: " + ourselves + " has " + OURS.text() + ", but "
                            + String.join(", and ", others) + "; run the same version of Penstock everywhere, let an"
                            + " instance of an application's own go through PenstockHazelcast.prepare(...) before it is"
                            + " started, or choose another cluster name");
        }
    }

    /** The version of a member for people. */
    static String textOf(Member member) {
        String codec = member.getAttribute(CODEC_ATTRIBUTE);
        String protocol = member.getAttribute(PROTOCOL_ATTRIBUTE);
        return codec == null || protocol == null ? "no Penstock" : text(codec, protocol);
    }

    static boolean isOurs(Member member) {
        return textOf(member).equals(OURS.text());
    }

    static String address(Member member) {
        return member.getAddress().getHost() + ":" + member.getAddress().getPort();
    }

    private String text() {
        return text(Integer.toString(codec), Integer.toString(protocol));
    }

    private static String text(String codec, String protocol) {
        return "codec " + codec + " and protocol " + protocol;
    }
}
