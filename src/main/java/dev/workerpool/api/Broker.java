package dev.workerpool.api;

import com.fasterxml.jackson.annotation.JsonClassDescription;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.Plural;
import io.fabric8.kubernetes.model.annotation.Version;

/** Where jobs wait, and why it can be trusted. Many pools share one: one connection, one trust decision. */
@JsonClassDescription("Where jobs wait, and why it can be trusted; many pools share one")
@ValidationRule(
        value = "self.metadata.name.size() <= 52",
        message = "a broker's name must have at most 52 characters: its Secrets are named after it",
        fieldPath = ".metadata.name")
@Group(Api.GROUP)
@Version(Api.VERSION)
@Plural("brokers")
@Categories("workerfleet")
@AdditionalPrinterColumn(name = "Endpoint", jsonPath = ".status.endpoint", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Server",
        jsonPath = ".status.server.version",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(name = "TLS", jsonPath = ".status.server.tls", type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Ready",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Why",
        jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
        type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
        name = "Age",
        jsonPath = ".metadata.creationTimestamp",
        type = AdditionalPrinterColumn.Type.DATE)
public final class Broker extends CustomResource<BrokerSpec, BrokerStatus> implements Namespaced {
    private static final long serialVersionUID = 1L;
}
