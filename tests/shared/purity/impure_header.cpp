#include <sqlite3.h>

int a_toolkits_number() { return SQLITE_OK; }
