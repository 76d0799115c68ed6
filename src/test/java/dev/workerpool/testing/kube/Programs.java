package dev.workerpool.testing.kube;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** The processes of one control plane, started and ended. */
final class Programs {

    private static final Duration LIMIT = Duration.ofSeconds(90);

    private final Binaries.Found binaries;
    private final RunFolder folder;
    private final Commands commands;
    private final Endpoint endpoint;
    private final List<LeashedProcess> others = new ArrayList<>();
    private LeashedProcess apiServer;

    private Programs(Binaries.Found binaries, RunFolder folder, Commands commands, Endpoint endpoint) {
        this.binaries = binaries;
        this.folder = folder;
        this.commands = commands;
        this.endpoint = endpoint;
        others.add(run(commands.etcd()));
        apiServer = run(commands.apiServer());
    }

    /** Returns when all of them answer. */
    static Programs start(Binaries.Found binaries, RunFolder folder, Commands commands, Endpoint endpoint) {
        Programs programs = new Programs(binaries, folder, commands, endpoint);
        try {
            programs.awaitApiServer();
            programs.startControllers();
            return programs;
        } catch (RuntimeException e) {
            programs.stop();
            throw e;
        }
    }

    private void startControllers() {
        others.add(run(commands.controllerManager()));
        others.add(run(commands.scheduler()));
        others.add(run(commands.kwok()));
        await("https://127.0.0.1:" + commands.ports().controllerManager() + "/healthz");
        await("https://127.0.0.1:" + commands.ports().scheduler() + "/healthz");
    }

    void stopApiServer() {
        apiServer.stop();
    }

    void startApiServer() {
        apiServer = run(commands.apiServer());
        awaitApiServer();
    }

    boolean isApiServerAlive() {
        return apiServer.isAlive();
    }

    void mustBeAlive() {
        apiServer.mustBeAlive();
        others.forEach(LeashedProcess::mustBeAlive);
    }

    void stop() {
        apiServer.stop();
        others.reversed().forEach(LeashedProcess::stop);
    }

    private void awaitApiServer() {
        await("https://127.0.0.1:" + commands.ports().apiServer() + "/readyz");
    }

    private void await(String url) {
        Waiting.until(url, LIMIT, () -> endpoint.isOk(url), this::mustBeAlive);
    }

    private LeashedProcess run(Command command) {
        return LeashedProcess.start(binaries, folder, command);
    }
}
