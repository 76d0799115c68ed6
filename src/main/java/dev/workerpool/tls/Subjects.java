package dev.workerpool.tls;

import javax.security.auth.x500.X500Principal;

/** Who is named in a certificate, as people are told it: whoever made the certificate may have written anything into it. */
public final class Subjects {
    private static final int LONGEST = 200;

    private Subjects() {}

    public static String of(X500Principal who) {
        return readable(who.getName());
    }

    /** In one line that is not too long, without what a terminal would take for more than text. */
    public static String readable(String text) {
        String clean = text.replaceAll("[\\p{Cntrl}\\p{Cf}\\u2028\\u2029]", "\uFFFD");
        return clean.length() > LONGEST ? clean.substring(0, LONGEST) + "…" : clean;
    }
}
