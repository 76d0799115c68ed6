package dev.workerpool.tools.demo;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.informers.ResourceEventHandler;
import io.fabric8.kubernetes.client.informers.SharedIndexInformer;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** One worker for each live pod of the pools: it begins when the pod is ready, and is told to leave when the pod is to go or is gone. */
final class Crew implements ResourceEventHandler<Pod>, AutoCloseable {
    static final String POOL = "workerpool.dev/pool";

    private final Function<Pod, Worker> hire;
    private final Map<String, Worker> atWork = new ConcurrentHashMap<>();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final SharedIndexInformer<Pod> pods;

    @SuppressWarnings("this-escape")
    Crew(KubernetesClient client, String namespace, Function<Pod, Worker> hire) {
        this.hire = hire;
        this.pods = client.pods().inNamespace(namespace).withLabel(POOL).inform(this);
    }

    @Override
    public void onAdd(Pod pod) {
        look(pod);
    }

    @Override
    public void onUpdate(Pod before, Pod now) {
        look(now);
    }

    @Override
    public void onDelete(Pod pod, boolean unknownState) {
        dismiss(pod.getMetadata().getUid());
    }

    private void look(Pod pod) {
        String uid = pod.getMetadata().getUid();
        if (pod.getMetadata().getDeletionTimestamp() != null) {
            dismiss(uid);
        } else if (isReady(pod)) {
            atWork.computeIfAbsent(uid, key -> hired(pod));
        }
    }

    private Worker hired(Pod pod) {
        Worker worker = hire.apply(pod);
        threads.execute(worker::run);
        return worker;
    }

    private void dismiss(String uid) {
        Worker worker = atWork.remove(uid);
        if (worker != null) {
            worker.leave();
        }
    }

    private static boolean isReady(Pod pod) {
        return pod.getStatus() != null
                && pod.getStatus().getConditions().stream()
                        .anyMatch(condition -> condition.getType().equals("Ready")
                                && condition.getStatus().equals("True"));
    }

    /** Returns when the last has left. */
    @Override
    public void close() {
        pods.close();
        atWork.values().forEach(Worker::leave);
        threads.close();
    }
}
