package io.penstock.grid.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import com.hazelcast.nio.ObjectDataInput;
import com.hazelcast.nio.ObjectDataOutput;
import com.hazelcast.nio.serialization.DataSerializable;
import io.penstock.grid.GridException;
import io.penstock.grid.MapRef;
import java.io.IOException;
import java.io.Serializable;
import java.util.concurrent.Callable;

/** Tells whether a member has a class, without which it cannot index a map. */
final class ClassCheck implements Callable<Boolean>, Serializable, DataSerializable, HazelcastInstanceAware {

    private static final long serialVersionUID = 1L;

    private transient String className;
    private transient HazelcastInstance member;

    /** For Hazelcast. */
    ClassCheck() {}

    private ClassCheck(String className) {
        this.className = className;
    }

    /**
     * Refuses an index that a member cannot keep.
     *
     * @throws GridException with {@link GridException.Code#BAD_CONFIG}
     */
    static void ofValues(MapRef<?, ?> ref, MemberTasks members) {
        members.ask(new ClassCheck(ref.valueType().getName())).forEach((member, hasClass) -> {
            if (!hasClass) {
                throw new GridException(
                        GridException.Code.BAD_CONFIG,
                        "map '" + ref.name() + "' has an index, for which each member reads the values, but member "
                                + member.getAddress().getHost() + ":" + member.getAddress().getPort() + " has no class "
                                + ref.valueType().getName() + "; put the jar with it on the class path of all members,"
                                + " or leave out the index");
            }
        });
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        this.member = member;
    }

    @Override
    public Boolean call() {
        try {
            Class.forName(className, false, TypesAtOwner.loader(member.getConfig().getClassLoader()));
            return true;
        } catch (ClassNotFoundException | LinkageError e) {
            return false;
        }
    }

    @Override
    public void writeData(ObjectDataOutput out) throws IOException {
        out.writeString(className);
    }

    @Override
    public void readData(ObjectDataInput in) throws IOException {
        className = in.readString();
    }
}
