"""What all ways share: states, columns, and how the table is written."""

STATES = "AFG AZE BLR CHN GEO IRN KAZ KGZ RUS TJK TKM TUR UKR USA UZB".split()
COLUMNS = {1: "day", 7: "source", 17: "target", 29: "quad", 30: "goldstein"}


def write(rows):
    """Rows of source, target, month as YYYYMM, quad class, count and mean, in any order."""
    print("source,target,month,quad,count,mean")
    for source, target, month, quad, count, mean in sorted(rows):
        print(f"{source},{target},{month},{quad},{count},{mean:.6f}")
