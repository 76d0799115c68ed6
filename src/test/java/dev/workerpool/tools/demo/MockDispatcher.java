package dev.workerpool.tools.demo;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.Base64;
import java.util.List;

/**
 * Takes a server-side apply for what it comes to where one applies alone: what is not there is created, what is there is merged, nothing
 * that was left out is removed. Who writes an object owns all that he wrote.
 */
final class MockDispatcher extends KubernetesCrudDispatcher {
    private static final String CONTENT_TYPE = "content-type";
    private static final int NOT_FOUND = 404;

    MockDispatcher() {
        super(List.of(
                CustomResourceDefinitionContext.fromCustomResourceType(Broker.class),
                CustomResourceDefinitionContext.fromCustomResourceType(WorkerPool.class)));
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        String contentType = String.valueOf(request.getHeader(CONTENT_TYPE));
        if (!contentType.startsWith("application/apply-patch")) {
            return super.handlePatch(request);
        }
        String path = request.getPath().replaceFirst("\\?.*$", "");
        return handleGet(path).code() == NOT_FOUND
                ? handleCreate(
                        as(request, HttpMethod.POST, path.substring(0, path.lastIndexOf('/')), "application/json"))
                : super.handlePatch(as(request, HttpMethod.PATCH, path, "application/merge-patch+json"));
    }

    @Override
    public MockResponse handleCreate(RecordedRequest request) {
        return super.handleCreate(as(request, HttpMethod.POST, request.getPath(), "application/json"));
    }

    private static RecordedRequest as(RecordedRequest request, HttpMethod method, String path, String contentType) {
        ObjectNode object = (ObjectNode) Json.read(request.getUtf8Body());
        encodeStrings(object);
        own(object, String.valueOf(request.getHeader("user-agent")).replaceFirst("/.*$", ""));
        return new RecordedRequest(
                request.getHttpVersion(),
                method,
                path,
                request.getHeaders()
                        .newBuilder()
                        .removeAll(CONTENT_TYPE)
                        .add(CONTENT_TYPE, contentType)
                        .build(),
                new Buffer(Json.text(object).getBytes(UTF_8)));
    }

    /** As the API server does with a Secret's stringData. */
    private static void encodeStrings(ObjectNode object) {
        if (object.remove("stringData") instanceof ObjectNode strings) {
            ObjectNode data = object.withObject("/data");
            strings.properties()
                    .forEach(entry -> data.put(
                            entry.getKey(),
                            Base64.getEncoder()
                                    .encodeToString(entry.getValue().asText().getBytes(UTF_8))));
        }
    }

    private static void own(ObjectNode object, String manager) {
        ObjectNode entry = Json.object()
                .put("manager", manager)
                .put("operation", "Apply")
                .put("apiVersion", object.path("apiVersion").asText())
                .put("fieldsType", "FieldsV1");
        ObjectNode fields = entry.putObject("fieldsV1");
        object.fieldNames().forEachRemaining(name -> fields.putObject("f:" + name));
        object.withObject("/metadata").putArray("managedFields").add(entry);
    }
}
