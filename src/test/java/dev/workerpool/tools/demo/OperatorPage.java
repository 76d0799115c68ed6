package dev.workerpool.tools.demo;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** The operator's page, asked as a browser asks it. */
record OperatorPage(URI address, HttpClient http) implements AutoCloseable {

    static OperatorPage at(URI address) {
        return new OperatorPage(
                address,
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build());
    }

    /** Empty where it does not answer: not yet, or no longer. */
    Optional<Fleet> fleet() throws InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address.resolve("api/fleet"))
                .timeout(Duration.ofSeconds(5))
                .build();
        try {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return answer.statusCode() == 200 ? Optional.of(Fleet.read(answer.body())) : Optional.empty();
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
