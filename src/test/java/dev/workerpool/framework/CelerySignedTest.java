package dev.workerpool.framework;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.workerpool.scaling.WorkerReport;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CelerySignedTest {
    /** What a worker of Celery 5.5.3 published with the mounted code, by a key that is long gone. */
    private static final String REAL = """
            {"body": "WWxkR2NHSkRRVEJOUkVWNFRrUkZNazVVWnpCTlJFMHhUWHByZVUxRVRUQlBWRWsxVG5wWmVVMUVaekJPUkVWM1QwUkpOVTFFV1hkT2FrMTRUWHBuZVUxVVNYaFBSR005QUFGMmEwaEtORkpUTjFncmVFMUdUVU53U1RaU2FVeEpURWxEVG1FcmR6RnNkbGsyTkVoMlZtMVhkblYyTTBOR1pqSXdOVGRoZDB0eGJuRXlla1p6WlM5V01VdzRaQzlHYlRKRGVXaElja1JzZDFodGRpczRlUzlPUW5wRFUydEVXRE5hU1habGRqTTBWMmxoTWpObFFWRjRSMDFPT0VodmJHMWFjRmhQU21aMmRUZHhNR3RDVDJGcFFtdFJXblZXYzFoNGJTczVOQ3RtTDFsTE4zTnhjQ3RCTWpKSWFrNVViV0pSU1VReWFEQkVlVXBTYlZsTkwyTkZVMFl3Vm1wNFdISjJSUzltZFVSWlRtMVhXbXB6WkdSQlFWSkVZWE4zVFc4dlZWaFdZWEZzWlRsNmMwMU5UelpIZUdGT2VHWkhjVFoxT1hoUU1VaE5WRko1UkRCRFozWmFTbk5RZUdKcmVWcHpabU5WYUZnemVXdHpibEJZSzB0dVNWZ3JZa1JRUzFaa2NGRk5jelJoVlZWc1ExWjBkRU5wUzNRM1VFRjJlV2t2YkhjMlptOU5hVFY2V0RKTGJWUlJSSFYyVjBsNGVqSnNkekZxTVVFOVBRQUJZWEJ3YkdsallYUnBiMjR2YW5OdmJnQUJkWFJtTFRnQUFYc2lhRzl6ZEc1aGJXVWlPaUFpWTJWc1pYSjVRSGNpTENBaWRYUmpiMlptYzJWMElqb2dNQ3dnSW5CcFpDSTZJRFkyT1Rrc0lDSmpiRzlqYXlJNklEY3NJQ0ptY21WeElqb2dNaTR3TENBaVlXTjBhWFpsSWpvZ01Dd2dJbkJ5YjJObGMzTmxaQ0k2SURFd0xDQWliRzloWkdGMlp5STZJRnMwTGpReUxDQTBMalF6TENBekxqVXhYU3dnSW5OM1gybGtaVzUwSWpvZ0luQjVMV05sYkdWeWVTSXNJQ0p6ZDE5MlpYSWlPaUFpTlM0MUxqTWlMQ0FpYzNkZmMzbHpJam9nSWt4cGJuVjRJaXdnSW5kdmNtdGxjbkJ2YjJ4ZmNtVm1kWE5sWkNJNklIc2lkVzV6YVdkdVpXUWlPaUF4TENBaVluSnZhMlZ1SWpvZ01Dd2dJblJoYlhCbGNtVmtJam9nTUN3Z0luVnVhMjV2ZDI0dGMybG5ibVZ5SWpvZ01Dd2dJbVY0Y0dseVpXUXRZMlZ5ZEdsbWFXTmhkR1VpT2lBd0xDQWlZMmhoYm1kbFpDMW9aV0ZrWlhJaU9pQXdMQ0FpYm05MExXRmpZMlZ3ZEdWa0lqb2dNQ3dnSW01dmRDMWhiR3h2ZDJWa0lqb2dNQ3dnSW5KbGNHeGhlV1ZrSWpvZ01IMHNJQ0owYVcxbGMzUmhiWEFpT2lBeE56azJNRGM1TkRBMkxqSXlORFF4Tml3Z0luUjVjR1VpT2lBaWQyOXlhMlZ5TFdobFlYSjBZbVZoZENKOQ==", "content-encoding": "utf-8", "content-type": "application/data", "headers": {"hostname": "celery@w"}, "properties": {"delivery_mode": 1, "delivery_info": {"exchange": "celeryev", "routing_key": "worker.heartbeat"}, "priority": 0, "body_encoding": "base64", "delivery_tag": "a4a27d13-aa56-423b-93da-af472023c007"}}""";

    @Test
    void aSignedHeartbeatIsReadWithoutAKey() {
        WorkerReport report = new WorkerReport("celery@w", Instant.parse("2026-11-30T22:56:46.224416Z"), 0);
        assertEquals(Optional.of(report), CeleryEvent.parse(REAL));
    }

    @Test
    void theSameBytesThatClaimToBeJsonAreNone() {
        assertEquals(Optional.empty(), CeleryEvent.parse(REAL.replace("application/data", "application/json")));
    }

    @Test
    void aBodyOfItsOwnSeparatorsIsReadToItsEnd() {
        String whole = "c2lnbmVy\0\u0001c2ln\0\u0001application/json\0\u0001utf-8\0\u0001{\"a\": \"\0\u0001\"}";
        assertEquals(Optional.of("{\"a\": \"\0\u0001\"}"), CelerySigned.json(base64(whole)));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{}",
                "a\0\u0001b\0\u0001application/json\0\u0001utf-8",
                "a\0\u0001b\0\u0001application/x-python-serialize\0\u0001binary\0\u0001{}"
            })
    void whatIsNoSignedJsonSaysNothing(String whole) {
        assertEquals(Optional.empty(), CelerySigned.json(base64(whole)));
    }

    @Test
    void whatIsNoBase64SaysNothing() {
        assertEquals(Optional.empty(), CelerySigned.json("{\"hostname\": \"celery@mail-0\"}"));
    }

    private static String base64(String text) {
        return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
    }
}
