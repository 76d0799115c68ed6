package dev.workerpool.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.kubernetes.client.utils.Serialization;

/**
 * A rule, an object that it lets pass and one that it refuses. Both are a valid object and a merge patch in YAML; they
 * differ in nothing but what the rule is about.
 */
record RuleCase(Subject subject, SchemaRule rule, Patches patches, String says) {

    /** @param accepted and refused: merge patches of the whole object */
    record Patches(String accepted, String refused) {}

    /** A valid object to begin with. */
    enum Subject {
        BROKER("""
                apiVersion: workerpool.dev/v1alpha1
                kind: Broker
                metadata: {name: jobs}
                spec:
                  url: {value: "rediss://redis.example.com:6379/0"}
                """),
        POOL("""
                apiVersion: workerpool.dev/v1alpha1
                kind: WorkerPool
                metadata: {name: mail}
                spec:
                  brokerRef: {name: jobs}
                  framework: Sidekiq
                  queues: [{name: mail}]
                  template: {spec: {containers: [{name: worker, image: "example.com/mail:1"}]}}
                """);

        private final String yaml;

        Subject(String yaml) {
            this.yaml = yaml;
        }

        /** A rule of the spec. The patches are what stands under spec. */
        RuleCase refuses(String path, String constraint, String accepted, String refused, String says) {
            return new RuleCase(
                    this,
                    new SchemaRule(path, constraint),
                    new Patches("spec: {" + accepted + "}", "spec: {" + refused + "}"),
                    says);
        }

        /** A rule in CEL, which says what its message says. */
        RuleCase refuses(String path, String message, String accepted, String refused) {
            return refuses(path, message, accepted, refused, message);
        }

        ObjectNode with(String patch) {
            ObjectNode object = Serialization.unmarshal(yaml, ObjectNode.class);
            merge(object, Serialization.unmarshal(patch, ObjectNode.class));
            return object;
        }
    }

    ObjectNode accepted() {
        return subject.with(patches.accepted());
    }

    ObjectNode refused() {
        return subject.with(patches.refused());
    }

    /** RFC 7386. */
    private static void merge(ObjectNode target, ObjectNode patch) {
        patch.properties().forEach(change -> {
            JsonNode present = target.get(change.getKey());
            if (change.getValue().isNull()) {
                target.remove(change.getKey());
            } else if (present instanceof ObjectNode inner && change.getValue() instanceof ObjectNode inside) {
                merge(inner, inside);
            } else {
                target.set(change.getKey(), change.getValue());
            }
        });
    }

    @Override
    public String toString() {
        return subject + " " + rule;
    }
}
