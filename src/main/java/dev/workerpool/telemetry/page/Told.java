package dev.workerpool.telemetry.page;

/**
 * A condition, as its object's status has it.
 *
 * @param since when its status last changed
 */
public record Told(String type, String status, String reason, String message, String since) {}
