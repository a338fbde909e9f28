package io.penstock.dag;

import java.util.List;

/** What the stages of a job have done, by stage and worker. */
public record JobMetrics(List<StageMetrics> stages) {

    public JobMetrics {
        stages = List.copyOf(stages);
    }

    /** The instances of a stage; empty if the job has no such stage. */
    public List<StageMetrics> ofStage(String stage) {
        return stages.stream().filter(metrics -> metrics.stage().equals(stage)).toList();
    }

    /** A counter's sum over the instances of a stage. */
    public long count(String stage, String counter) {
        return ofStage(stage).stream().mapToLong(metrics -> metrics.count(counter)).sum();
    }

    /** How many events a stage has taken. */
    public long eventsIn(String stage) {
        return count(stage, "in");
    }

    /** How many events a stage has sent to its main output. */
    public long eventsOut(String stage) {
        return count(stage, "out");
    }
}
