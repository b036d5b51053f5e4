// identity: passwords that are tried first; folded, without spaces, dots and dashes, sorted. Our own list.
#pragma once

#include <array>
#include <string_view>

namespace kedge::identity {

constexpr std::array<std::string_view, 468> kCommonPasswords{
    "000000", "0987654321", "101010", "111111", "112233", "11223344", "1122334455", "121212", "123", "123123", "123123123", "1231231234",
    "123321", "1234", "1234321", "12345", "123454321", "123456", "1234567", "12345678", "123456789", "1234567890", "12345678910",
    "1234qwer", "123654", "123abc", "123qwe", "123qweasd", "123qweasdzxc", "12qwaszx", "131313", "147258", "147258369", "159357",
    "159753", "1password", "1q2w3e4r", "1q2w3e4r5t", "1q2w3e4r5t6y", "1qaz2wsx", "1qaz2wsx3edc", "202020", "222222", "232323", "246810",
    "333333", "444444", "555555", "654321", "666666", "696969", "741852963", "7654321", "777777", "789456", "789456123", "87654321",
    "888888", "963852741", "987654321", "999999", "a1b2c3d4", "a1b2c3d4e5", "abc123", "abc123456", "abcd1234", "abcd12345", "abcdef",
    "abcdefg", "abcdefgh", "abcdefghi", "abcdefghij", "abretesesamo", "abril", "access", "access14", "account", "adios", "admin",
    "admin12345", "administrador", "administrador1", "administrator", "agosto", "amanda", "amazon", "america", "amor", "amorcito",
    "anchor", "andrew", "angel", "angels", "anthony", "apple", "april", "arsenal", "asdf1234", "asdfasdf", "asdfgh", "asdfghjkl",
    "asdfjkl", "ashley", "asshole", "august", "autumn", "baby", "babyboy", "babygirl", "banana", "barcelona", "barney", "baseball",
    "basketball", "batman", "beavis", "biblioteca", "bibliotecapublica", "bibliotecaria", "bibliotecario", "bibliotecas", "bienvenida",
    "bienvenido", "biteme", "blessed", "bonita", "bookmobile", "books", "books4life", "bookworm", "brother", "bullshit", "buster",
    "butterfly", "butthead", "callofduty", "cambiame", "carino", "catalog", "catalogo", "catalogue", "changeit", "changeme", "charlie",
    "checkout", "cheese", "chelsea", "chicago", "children", "chocolate", "circulation", "company", "computadora", "computer", "computer1",
    "contrasena", "cookie", "cookies", "corazon", "correcthorsebatterystaple", "corvette", "counterstrike", "cowboys", "cuenta", "daniel",
    "december", "default", "dewey", "deweydecimal", "diamond", "diciembre", "director", "disney", "domingo", "donald", "dragon", "eagles",
    "elizabeth", "eminem", "employee", "enero", "enterprise", "espana", "estrella", "facebook", "faith", "familia", "family", "father",
    "febrero", "february", "ferrari", "flower", "flowers", "football", "forever", "fortnite", "freedom", "friday", "frodo", "frontdesk",
    "fuckoff", "fuckyou", "futbol", "gandalf", "garfield", "ginger", "gmail", "godisgood", "golden", "goodbye", "google", "guest",
    "harbor", "harborgrove", "harbour", "harley", "harrypotter", "heaven", "hello", "hellohello", "hellokitty", "helloworld", "hermosa",
    "hockey", "hogwarts", "hola", "holahola", "holamundo", "honey", "hotmail", "hunter", "ilovebooks", "ilovereading", "iloveyou",
    "instagram", "internet", "invierno", "invitado", "january", "jennifer", "jessica", "jesus", "jesuschrist", "jordan", "joshua",
    "jueves", "julio", "july", "june", "junio", "juventus", "kedge", "kedgekedge", "killer", "lakers", "laptop", "lectura", "letmein",
    "letmein123", "letmeinnow", "librarian", "librarians", "library", "librarylibrary", "libro", "libros", "linkedin", "liverpool",
    "lkjhgfdsa", "login", "loginlogin", "logmein", "london", "lovely", "lover", "loveyou", "lunes", "maggie", "mama", "manager", "march",
    "martes", "marzo", "master", "matrix", "matthew", "mayo", "melissa", "mercedes", "merlin", "metallica", "mexico", "michael",
    "michelle", "mickey", "mickeymouse", "microsoft", "miercoles", "minecraft", "minnie", "mivida", "mnbvcxz",
    "mnbvcxzlkjhgfdsapoiuytrewq", "monday", "monkey", "mother", "mustang", "mypass", "mypassword", "naruto", "naughty", "newpassword",
    "newyork", "nicole", "nintendo", "nirvana", "nopassword", "nothing", "november", "noviembre", "october", "octubre", "office",
    "oficina", "oldpassword", "opensesame", "opensesamo", "openup", "orange", "otono", "overdue", "p@ssw0rd", "p@ssword", "pa55w0rd",
    "pa55word", "papa", "passme", "passpass", "passphrase", "passw0rd", "passwd", "password", "password1234", "password12345", "passwort",
    "pepper", "pikachu", "playstation", "poiuytrewq", "pokemon", "pokemon1", "porsche", "primavera", "princesa", "princess", "prueba",
    "publiclibrary", "purple", "pussy", "q1w2e3r4", "q1w2e3r4t5", "qazwsx", "qazwsxedc", "qweasd", "qweasdzxc", "qwer1234", "qwerty",
    "qwerty12345", "qwerty123456", "qwertyqwerty", "qwertyuiop", "qwertzuiop", "rainbow", "ranger", "reader", "reading", "realmadrid",
    "reference", "robert", "roblox", "root", "sabado", "samantha", "samsung", "sasuke", "saturday", "scooby", "scoobydoo", "secret",
    "secreto", "september", "septiembre", "sesame", "sexsex", "shadow", "silver", "simpsons", "sister", "slipknot", "snoopy", "soccer",
    "sonic", "spiderman", "spring", "staff", "staffstaff", "starcraft", "startrek", "starwars", "steelers", "storytime", "summer",
    "sunday", "sunshine", "superman", "supermario", "supervisor", "sweetheart", "sweetie", "teamo", "teamomucho", "temp", "temporal",
    "temporary", "tequiero", "test", "tester", "testing", "testtest", "thepassword", "thomas", "thursday", "tigger", "toor", "trustno1",
    "trustnoone", "tuesday", "twitter", "user", "username", "usuario", "verano", "viernes", "warcraft", "wednesday", "welcome",
    "welcomeback", "welcomehome", "whatever", "william", "windows", "winter", "work", "workbook", "working", "xbox", "yahoo", "yankees",
    "yellow", "yourpassword", "youtube", "zaq12wsx", "zaq1zaq1", "zelda", "zxcv1234", "zxcvbn", "zxcvbnm",
};

}  // namespace kedge::identity
