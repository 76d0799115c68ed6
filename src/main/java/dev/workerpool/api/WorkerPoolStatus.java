package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.model.annotation.LabelSelector;
import io.fabric8.kubernetes.model.annotation.StatusReplicas;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a pool. An absent figure is an unknown one, never zero. Times are RFC 3339, in UTC. */
@JsonIgnoreProperties(ignoreUnknown = true)
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(Conditions.AsListMap.class)
public record WorkerPoolStatus(
        @JsonPropertyDescription("The generation of the spec that this status speaks of") @Nullable Long observedGeneration,

        @StatusReplicas @JsonPropertyDescription("Pods that exist") @Nullable Integer replicas,

        @JsonPropertyDescription("Pods that are ready") @Nullable Integer readyReplicas,

        @LabelSelector @JsonPropertyDescription("Selects the pods, for an HPA") @Nullable String selector,

        @JsonPropertyDescription("Jobs that nobody has taken, over all queues") @Nullable Long waiting,

        @JsonPropertyDescription("Jobs that a worker works on") @Nullable Long running,

        @JsonPropertyDescription("When the oldest waiting job was enqueued") @Nullable String oldestEnqueuedTime,

        @JsonPropertyDescription("Jobs that wait for their time; with Sidekiq those of all queues") @Nullable Long scheduled,

        @JsonPropertyDescription("Jobs that were given up and kept; with Sidekiq and Resque those of all queues")
        @Nullable Long failed,

        @JsonPropertyDescription(
                "How long a worker took to start when that was last seen, rounded up: jobs count as due so long before their time")
        @Nullable String startUpTime,

        @JsonPropertyDescription("Each queue by itself") @Nullable List<QueueStatus> queues,

        @JsonPropertyDescription(
                "When these figures were read; they are written at most once a minute unless a decision changes")
        @Nullable String observedTime,

        @JsonPropertyDescription("How many pods, and why") @Nullable DecisionStatus decision,

        @JsonPropertyDescription(
                "Pods that were replaced because they took nothing (onStuck: Replace), for an hour; the last one stands last. "
                        + "One is noted here before it is evicted")
        @Nullable List<Replaced> replaced,

        @JsonPropertyDescription(
                "Ready, Reconciling, Stalled, BrokerReady, ScalingActive and QueuesConsumed; PeriodicJobs where there are any and the pool may go to zero; "
                        + "ConnectionInjected and Restricted of pods of its own, NetworkPolicyApplied where access asks for one; SingletonsReady where there are any")
        @Nullable List<Condition> conditions) {

    /** One queue's figures. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record QueueStatus(
            @JsonPropertyDescription("Its name, as in spec.queues")
            String name,

            @JsonPropertyDescription("Jobs that nobody has taken") @Nullable Long waiting,

            @JsonPropertyDescription("Jobs a worker has taken but not begun") @Nullable Long held,

            @JsonPropertyDescription("Jobs whose time has come but that only a worker moves into the queue") @Nullable Long due,

            @JsonPropertyDescription(
                    "Jobs that wait, or are due, while the work in their queue is paused: they need no worker")
            @Nullable Long paused,

            @JsonPropertyDescription("When the oldest waiting job was enqueued") @Nullable String oldestEnqueuedTime) {}

    /** The decision in force. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record DecisionStatus(
            @JsonPropertyDescription("How many pods there should be") @Nullable Integer replicas,

            @JsonPropertyDescription("One word, for programs")
            String reason,

            @JsonPropertyDescription("A sentence, for people")
            String message,

            @JsonPropertyDescription("Since when") String time) {}

    /** One pod that was replaced. */
    @JsonIgnoreProperties(ignoreUnknown = true)
    public record Replaced(
            @JsonPropertyDescription("Its name") String pod,

            @JsonPropertyDescription("When that was decided")
            String time) {}
}
