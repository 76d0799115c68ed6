package dev.workerpool.framework;

/** What is kept of each of many long texts; the rest is forgotten as soon as it has come. */
public enum Gist {
    /** {@link CeleryMessage#listed}. */
    CELERY_LISTED,
    /** {@link CeleryMessage#taken}. */
    CELERY_TAKEN;

    /** What is kept of an answer. */
    public static Reply of(Read read, Reply reply) {
        return read instanceof Read.Many many && reply instanceof Reply.Texts whole
                ? new Reply.Texts(whole.values().stream()
                        .map(text -> text.map(many.gist()::of))
                        .toList())
                : reply;
    }

    private String of(String text) {
        return switch (this) {
            case CELERY_LISTED -> CeleryMessage.listed(text);
            case CELERY_TAKEN -> CeleryMessage.taken(text);
        };
    }
}
