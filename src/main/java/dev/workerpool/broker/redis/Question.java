package dev.workerpool.broker.redis;

import java.util.Collection;

/** What was asked of the server and is not answered yet; a session asks one at a time. */
sealed interface Question permits Round, Audit {

    /** These keys were announced to have changed since it was asked. */
    void change(Collection<String> keys);
}
