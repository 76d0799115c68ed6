package dev.workerpool.tools.training;

import dev.workerpool.api.Broker;
import dev.workerpool.api.WorkerPool;
import io.fabric8.kubernetes.client.dsl.base.CustomResourceDefinitionContext;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.dsl.HttpMethod;
import io.fabric8.mockwebserver.http.Buffer;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.util.List;

/** The mock knows no server-side apply: here it creates what is not there and merges into what is. */
final class AppliesByMerging extends KubernetesCrudDispatcher {
    private static final String CONTENT_TYPE = "content-type";

    AppliesByMerging() {
        super(List.of(
                CustomResourceDefinitionContext.fromCustomResourceType(Broker.class),
                CustomResourceDefinitionContext.fromCustomResourceType(WorkerPool.class)));
    }

    @Override
    public MockResponse handlePatch(RecordedRequest request) {
        if (!String.valueOf(request.getHeader(CONTENT_TYPE)).startsWith("application/apply-patch")) {
            return super.handlePatch(request);
        }
        String path = request.getPath().replaceFirst("\\?.*$", "");
        if (handleGet(path).code() == 404) {
            String collection = path.substring(0, path.lastIndexOf('/'));
            return handleCreate(as(request, HttpMethod.POST, collection, "application/json"));
        }
        return super.handlePatch(as(request, HttpMethod.PATCH, path, "application/merge-patch+json"));
    }

    private static RecordedRequest as(RecordedRequest request, HttpMethod method, String path, String contentType) {
        var headers = request.getHeaders()
                .newBuilder()
                .removeAll(CONTENT_TYPE)
                .add(CONTENT_TYPE, contentType)
                .build();
        return new RecordedRequest(
                request.getHttpVersion(),
                method,
                path,
                headers,
                new Buffer(request.getBody().getBytes()));
    }
}
