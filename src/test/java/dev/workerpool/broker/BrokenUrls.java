package dev.workerpool.broker;

import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * URLs with a password, broken as people break them: in a shell, by copying, by not encoding. Those that still name a host name
 * {@value #HOST}, which nobody has. The same ones for the same dice.
 */
public record BrokenUrls(RandomGenerator dice) {
    public static final String HOST = "redis.invalid";

    /** Nothing that anyone would say by chance. */
    public static final String SECRET = "QxZ7JvWq9KzXj4Yw";

    /** However few of its characters stand beside each other, they are told from other text. */
    private static final int TELLING = 4;

    private static final List<String> SPECIAL = List.of(
            "#",
            "?",
            "/",
            "@",
            ":",
            "[",
            "]",
            "%",
            "%zz",
            "%2",
            " ",
            "\\",
            "^",
            "`",
            "{",
            "}",
            "|",
            "<",
            ">",
            "\"",
            "'",
            "$",
            "&",
            "ä",
            "€",
            "\t",
            "\n",
            "\r\n",
            "\u0000",
            "\u001b[31m",
            "\u007f",
            "\u202e",
            "#@",
            "?@",
            "://",
            "/0",
            "@@",
            "::",
            ";",
            "=",
            "%00",
            "%0d%0a");

    private static final List<String> SCHEMES = List.of(
            "",
            "redis:",
            "redis:/",
            "//",
            "redis//:",
            "redi://",
            "http://",
            "REDIS://",
            "redis+ssl://",
            "rediss:",
            "unix://",
            "redis:\\\\",
            "jdbc:redis://",
            " redis ://",
            "amqp://",
            "redis-sentinel://",
            "file:///",
            "redis://redis://");

    private static final List<String> ENDS = List.of(
            ":0",
            ":65536",
            ":99999999999999999999",
            ":-1",
            ":port",
            ": 6379",
            ":6379:6379",
            "/jobs",
            "/-1",
            "/0/0",
            "/123456",
            "/%30",
            ":6379#",
            ":6379/0#top",
            "..",
            "]",
            "/0?x=@",
            "/0?a b",
            "%",
            "/" + SECRET,
            ":" + SECRET,
            "?password=" + SECRET + "@",
            "#" + SECRET);

    public Stream<String> several(int count) {
        return IntStream.range(0, count).mapToObj(any -> next());
    }

    private String next() {
        String user = one(List.of("", "me", "me@example.com", "default"));
        return switch (dice.nextInt(6)) {
            case 0 -> one(SCHEMES) + user + ":" + SECRET + "@" + HOST + ":6379/0";
            case 1 -> "redis://" + user + ":" + SECRET + "@" + HOST + one(ENDS);
            case 2 -> "rediss://" + user + ":" + withSpecial() + "@" + HOST + ":6379/0";
            case 3 -> "redis://" + user + ":" + withSpecial() + withSpecial() + "@" + HOST + one(ENDS);
            case 4 ->
                "redis://" + one(List.of("", "12", "6379")) + ":" + dice.nextInt(1, 65536) + one(SPECIAL) + SECRET + "@"
                        + HOST;
            default -> cut("redis://" + user + ":" + SECRET + "@" + HOST + ":6379/0");
        };
    }

    private String withSpecial() {
        int at = dice.nextInt(SECRET.length() + 1);
        return SECRET.substring(0, at) + one(SPECIAL) + SECRET.substring(at);
    }

    /** Within the password: before it, something else would stand where a host does. */
    private String cut(String url) {
        int begin = url.indexOf(SECRET);
        return url.substring(0, dice.nextInt(begin + 1, begin + SECRET.length()));
    }

    private String one(List<String> of) {
        return of.get(dice.nextInt(of.size()));
    }

    /** Whether a text quotes the password, or a part of it. */
    public static boolean tells(String text) {
        return IntStream.rangeClosed(0, SECRET.length() - TELLING)
                .mapToObj(at -> SECRET.substring(at, at + TELLING))
                .anyMatch(text::contains);
    }
}
