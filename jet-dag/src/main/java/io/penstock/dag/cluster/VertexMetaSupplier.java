package io.penstock.dag.cluster;

import com.hazelcast.cluster.Address;
import com.hazelcast.jet.core.ProcessorMetaSupplier;
import com.hazelcast.jet.core.ProcessorSupplier;
import java.util.List;
import java.util.function.Function;

/** Tells the members about the processors of a vertex. Travels to the member that coordinates the job. */
final class VertexMetaSupplier implements ProcessorMetaSupplier {

    private static final long serialVersionUID = 1L;

    private final String vertex;
    private final String mapPrefix;
    private final int workersPerMember;
    private transient int workers;
    private transient long startedMs;

    /** @param workersPerMember 0 for as many as the coordinator has threads for processors */
    VertexMetaSupplier(String vertex, String mapPrefix, int workersPerMember) {
        this.vertex = vertex;
        this.mapPrefix = mapPrefix;
        this.workersPerMember = workersPerMember;
    }

    @Override
    public boolean initIsCooperative() {
        return true;
    }

    @Override
    public boolean closeIsCooperative() {
        return true;
    }

    @Override
    public void init(Context context) {
        workers = workersPerMember > 0
                ? workersPerMember
                : context.hazelcastInstance().getConfig().getJetConfig().getCooperativeThreadCount();
        startedMs = System.currentTimeMillis();
    }

    @Override
    public Function<? super Address, ? extends ProcessorSupplier> get(List<Address> addresses) {
        return address -> new VertexSupplier(vertex, mapPrefix, workers, MemberPlan.text(address), startedMs);
    }
}
