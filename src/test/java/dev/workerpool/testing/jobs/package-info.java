/**
 * Real brokers and real job frameworks on loopback, as a user has them: redis-server, Celery and Sidekiq with the apps
 * of {@code src/test/apps}. Nothing of the operator may enter here, so that no test measures the operator against itself.
 */
@NullMarked
package dev.workerpool.testing.jobs;

import org.jspecify.annotations.NullMarked;
