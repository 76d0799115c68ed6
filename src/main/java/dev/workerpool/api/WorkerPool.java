package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** One kind of worker: this image, this framework, these queues, this many. */
@JsonClassDescription("One kind of worker: this image, this framework, these queues, this many")
@ValidationRule(
        value = "self.metadata.name.size() <= 52",
        message = "a pool's name must have at most 52 characters: its pods are named after it",
        fieldPath = ".metadata.name")
@ValidationRule(
        value = "!has(self.spec.singletons) || "
                + "self.spec.singletons.all(s, self.metadata.name.size() + 1 + s.name.size() <= 52)",
        message =
                "the names of the pool and of a singleton must have at most 51 characters together: its pod is named after both",
        fieldPath = ".spec.singletons")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("workerpools")
@ShortNames("wp")
@Categories("workerfleet")
@AdditionalPrinterColumn(name = "Framework", jsonPath = ".spec.framework", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "Waiting", jsonPath = ".status.waiting", type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Oldest",
        jsonPath = ".status.oldestEnqueuedTime",
        type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
        name = "Desired",
        jsonPath = ".status.decision.replicas",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.readyReplicas",
        type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(name = "Why", jsonPath = ".status.decision.reason", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class WorkerPool extends CustomResource<WorkerPoolSpec, WorkerPoolStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
