package io.penstock.dag.cluster;

import com.hazelcast.core.HazelcastInstance;
import com.hazelcast.core.HazelcastInstanceAware;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.concurrent.Callable;

/** Asks a member what the stages of a job have done there so far: one answer for each execution that is open. */
final class FiguresTask implements Callable<ArrayList<MemberFigures>>, HazelcastInstanceAware, Serializable {

    private static final long serialVersionUID = 1L;

    private final long jobId;
    private transient HazelcastInstance hazelcast;

    FiguresTask(long jobId) {
        this.jobId = jobId;
    }

    @Override
    public void setHazelcastInstance(HazelcastInstance member) {
        hazelcast = member;
    }

    @Override
    public ArrayList<MemberFigures> call() {
        ArrayList<MemberFigures> figures = new ArrayList<>();
        for (MemberExecution execution : MemberJobs.of(hazelcast).ofJob(jobId)) {
            MemberFigures ofExecution = execution.figures();
            if (ofExecution != null) {
                figures.add(ofExecution);
            }
        }
        return figures;
    }
}
