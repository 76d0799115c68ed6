package dev.workerpool.framework;

import dev.workerpool.scaling.Measurement.Measured;
import dev.workerpool.scaling.WorkerReport;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** What is particular to one job framework. Adding one means adding a record here and its tests. */
public sealed interface Framework permits Celery, Sidekiq, Rq, BullMq, Resque, Custom {

    /** The first commands of a round for these queues; sent with those of all other pools of the broker as one batch. */
    List<Read> reads(List<String> queues, Moment moment);

    /**
     * Commands that depend on the answers to the first ones; sent as a second batch of the same round.
     *
     * @param first the answers to the first commands of all pools of the broker
     */
    default List<Read> followUps(List<String> queues, Replies first) {
        return List.of();
    }

    /**
     * Patterns of pub/sub channels on which this framework's workers report themselves.
     *
     * @param database the index of the Redis database
     */
    default List<String> reportChannels(int database) {
        return List.of();
    }

    /**
     * A worker's report in a message of such a channel, where the message is one. Its host is the worker's whole name
     * for itself, so that two workers on one host are told apart; {@link #interpret} puts them together.
     */
    default Optional<WorkerReport> report(String channel, String message) {
        return Optional.empty();
    }

    /**
     * What the answers say.
     *
     * @param heard the last {@link #report} of each worker heard on the channels, of this pool or not
     */
    Measured interpret(List<String> queues, Replies replies, List<WorkerReport> heard, Instant at);

    /** How it works over RabbitMQ; empty where it does not. */
    default Optional<Amqp> amqp() {
        return Optional.empty();
    }

    /** How the worker is started, told its queues and its concurrency, and given its broker. */
    Launch launch(Work work);

    /** What is to follow this command line, its author's arguments included, of all that the author has not said. */
    default List<String> arguments(Work work, List<String> command) {
        return starts(command) ? launch(work).flagsNotIn(command) : List.of();
    }

    /** What is to follow this command line, its author's arguments included, of something that runs once beside the workers. */
    default List<String> argumentsOfScheduler(List<String> command) {
        return List.of();
    }

    /**
     * What stands before a command so that the mounted code is at work in it: the framework's own interpreter, and the script there that
     * becomes the command. Empty where there is no such code.
     */
    default List<String> wrapper() {
        return List.of();
    }

    /** Whether its workers present a client certificate without that code: by their URL, or by what their author wrote. */
    default boolean presentsByItself() {
        return false;
    }

    /** Where its workers are told the names of their queues: words for somebody who looks for a wrong one. */
    String whereQueuesAreNamed();

    /** Whether this command line, up to its arguments, runs the framework's own worker, so that flags can follow it. */
    boolean starts(List<String> command);
}
